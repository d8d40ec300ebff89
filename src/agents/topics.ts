/** Who listens to what in a run. Agents are named by their actors' numbers. */
export interface Topics {
  /** From now on the actor gets what is published on the topic; a second call changes nothing. */
  listen(topic: number, actor: number): void;
  /** In an order that does not depend on who came first. */
  listenersOf(topic: number): readonly number[];
  nameOf(actor: number): string;
}
