import { FastBook } from "./fast-book.ts";
import { describeOrderBook } from "./order-book.contract.ts";

describeOrderBook("FastBook", (rules) => new FastBook(rules));
