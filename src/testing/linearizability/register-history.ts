import type { History } from "./history.ts";
import { parseEtcdLog } from "./parse-etcd-log.ts";
import type { RegisterInput, RegisterOutput } from "./register-model.ts";

/** A history of a register from lines such as `0 :invoke :write 3`, as a test writes them. */
export function registerHistory(lines: readonly string[]): History<RegisterInput, RegisterOutput> {
  return parseEtcdLog(lines.map((line) => `INFO  jepsen.util - ${line}`).join("\n"), { file: "lines of a test" });
}
