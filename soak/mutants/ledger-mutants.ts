import type { Mutant } from "./mutant.ts";

const foundBy = ["proof-of-work", "streamlet"];

/** The ledger and the pool that all protocols share. */
export const LEDGER_MUTANTS: readonly Mutant[] = [
  {
    name: "fee is paid and kept",
    foundBy,
    file: "src/consensus/ledger/account-ledger.ts",
    text: "    this.#fees += fee;\n",
    replacement: "",
    why: "Money vanishes.",
  },
  {
    name: "fees are paid out twice",
    foundBy,
    file: "src/consensus/ledger/account-ledger.ts",
    text: "    this.#accounts.add(proposer, COIN, this.#fees);\n    this.#fees = 0;",
    replacement: "    this.#accounts.add(proposer, COIN, this.#fees);",
    why: "The next proposer gets them again.",
  },
  {
    name: "overdraft",
    foundBy,
    file: "src/consensus/ledger/account-ledger.ts",
    text: "this.#accounts.free(from, asset) < units) return",
    replacement: "this.#accounts.free(from, asset) < units - 100) return",
    why: "An account spends what it does not have.",
  },
  {
    name: "any nonce will do",
    foundBy,
    file: "src/consensus/ledger/account-ledger.ts",
    text: "if (this.#accounts.nonceOf(account) !== words[at + TransactionWord.nonce]) return",
    replacement: "if ((this.#accounts.nonceOf(account) ?? -1) < 0) return",
    why: "A transaction takes effect twice.",
  },
  {
    name: "nonce is not used by what fails",
    foundBy,
    file: "src/consensus/ledger/account-ledger.ts",
    text: "    this.#accounts.useNonce(account);\n    if (fee < 0)",
    replacement:
      "    if (fee <= this.feeBudget(account)) this.#accounts.useNonce(account);\n    if (fee === 2) this.#accounts.useNonce(account);\n    if (fee < 0)",
    why: "A transaction uses one nonce.",
  },
  {
    name: "snapshot without the fees at hand",
    foundBy,
    file: "src/consensus/ledger/account-ledger.ts",
    text: "this.#fees = readSafeInteger(snapshot, 0);",
    replacement: "this.#fees += 0 * readSafeInteger(snapshot, 0);",
    why: "A state that was rolled back keeps the fees of what was undone.",
  },
  {
    name: "snapshot without nonces",
    foundBy,
    file: "src/consensus/ledger/accounts.ts",
    text: "this.#accounts.set(id, { nonce, balances,",
    replacement: "this.#accounts.set(id, { nonce: Math.min(nonce, this.#accounts.size + 1), balances,",
    why: "After a rollback an old transaction can come again.",
  },
  {
    name: "restored into what is there",
    foundBy,
    file: "src/consensus/ledger/accounts.ts",
    text: "    this.#accounts = new Map();\n",
    replacement: "",
    why: "Accounts that a branch has opened outlive it.",
  },
  {
    name: "supply is not restored",
    foundBy,
    file: "src/consensus/ledger/accounts.ts",
    text: "for (let asset = 0; asset < assets; asset++) this.#supply[asset] = read();",
    replacement:
      "for (let asset = 0; asset < assets; asset++) this.#supply[asset] = Math.max(this.#supply[asset], read());",
    why: "What an undone branch has minted still counts.",
  },
  {
    name: "pool keeps what is used",
    foundBy,
    file: "src/consensus/mempool.ts",
    text: "for (const each of waiting.values()) if (each.nonce < first) this.#drop(each);",
    replacement: "for (const each of waiting.values()) if (each.nonce > first) this.#drop(each);",
    why: "What should wait is thrown out.",
  },
  {
    name: "block leaves out a nonce",
    foundBy,
    file: "src/consensus/mempool.ts",
    text: "get(best.next.nonce + 1);",
    replacement: "get(best.next.nonce + 2);",
    why: "A block that leaves out a nonce is refused by all.",
  },
  {
    name: "client that asks again is not answered",
    foundBy,
    file: "src/consensus/client-desk.ts",
    text: ">= nonceOf(transaction) ? last : undefined;",
    replacement: "> nonceOf(transaction) ? last : undefined;",
    why: "A client whose answer was lost waits for ever.",
  },
];
