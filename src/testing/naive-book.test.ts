import { describeOrderBook } from "../market/order-book.contract.ts";
import { NaiveBook } from "./naive-book.ts";

describeOrderBook("NaiveBook", (rules) => new NaiveBook(rules));
