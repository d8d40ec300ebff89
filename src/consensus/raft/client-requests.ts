import { unreachable } from "../../core/assert.ts";
import type { ReplicaContext } from "../replica.ts";
import type { ClientRequest, RaftMessage } from "./messages.ts";
import type { RaftNode } from "./raft-node.ts";
import type { ReplicatedState } from "./replicated-state.ts";
import type { Asker, WaitingClients } from "./waiting-clients.ts";
import { sendAnswer } from "./waiting-clients.ts";

/** What a replica needs to answer its clients. */
export interface Service {
  readonly context: ReplicaContext<RaftMessage>;
  readonly node: RaftNode;
  readonly replicated: ReplicatedState;
  readonly waiting: WaitingClients;
}

/** Takes a client's request up, or says at once why not. */
export function answerRequest(service: Service, client: number, message: ClientRequest): void {
  const { context, node, replicated, waiting } = service;
  const asker: Asker = { client, request: message.request };
  if (!node.state.isLeader) return sendAnswer(context, asker, "not-leader", node.state.leader);
  switch (message.kind) {
    case "open-session":
      return awaitEntry(service, asker, node.propose({ kind: "open-session" }));
    case "transaction": {
      const { session, sequence, words } = message;
      const known = replicated.answerOf(session, sequence);
      if (known !== undefined && known.outcome !== "session-expired") {
        // What is applied is committed, so the answer holds whoever leads by now.
        return sendAnswer(context, asker, known.outcome, known.value);
      }
      return awaitEntry(service, asker, node.propose({ kind: "transaction", session, sequence, words }));
    }
    case "query": {
      const ticket = waiting.awaitRead(asker, message.words);
      if (node.askRead(ticket)) return;
      waiting.forgetRead(ticket);
      return sendAnswer(context, asker, "busy", 0);
    }
    case "change-membership": {
      const index = node.proposeMembership(message.change);
      if (typeof index === "string") return sendAnswer(context, asker, "refused", 0);
      return awaitEntry(service, asker, index);
    }
    case "transfer-leadership":
      return sendAnswer(context, asker, node.transferLeadership(message.to) ? "done" : "refused", message.to);
    default:
      unreachable(message, "request");
  }
}

function awaitEntry({ context, waiting }: Service, asker: Asker, index: number | undefined): void {
  if (index === undefined) sendAnswer(context, asker, "busy", 0);
  else waiting.awaitEntry(index, asker);
}
