import { Child } from "../Child.js";
import type { Wire } from "../mock/answers.js";
import type { Counters, MockCall, MockReply } from "../mock/protocol.js";

/** The mock's process. */
export class Mock {
  readonly #child = new Child<MockCall, MockReply>("the mock", "mock/server.js");

  /** A port of its own, so that what it gets can be counted. */
  async open(wire: Wire, keepAliveMs: number): Promise<number> {
    const { port } = await this.#child.ask({ kind: "open", wire, keepAliveMs });
    if (port === undefined) throw new Error("The mock opened no port.");
    return port;
  }

  async delay(ms: number): Promise<void> {
    await this.#child.ask({ kind: "delay", ms });
  }

  async counters(port: number): Promise<Counters> {
    const { counters } = await this.#child.ask({ kind: "counters", port });
    if (counters === undefined) throw new Error("The mock counted nothing.");
    return counters;
  }

  close(): void {
    this.#child.close();
  }
}
