import { Child } from "../Child.js";
import type { Counters } from "../mock/protocol.js";
import type { Row } from "../rows/Row.js";
import type { Mock } from "./Mock.js";
import type { Profile } from "./profile.js";
import type { RowCall, RowReply, Sample } from "./protocol.js";

/** What one round of one row gave, with what the mock saw of it. */
export type Round = Sample & {
  readonly requestsEach: number;
  readonly bytesEach: number;
  /** Connections that were used in it. */
  readonly sockets: number;
};

/** An idle connection outlives the pauses between rounds, unless the row closes it. */
const keepAliveMs = 600_000;

/** A row in a process of its own, with a port of the mock's of its own. */
export class RowProcess {
  readonly row: Row;
  readonly #mock: Mock;
  readonly #port: number | undefined;
  readonly #child: Child<RowCall, RowReply>;

  private constructor(row: Row, mock: Mock, port: number | undefined, execArgv: readonly string[]) {
    this.row = row;
    this.#mock = mock;
    this.#port = port;
    const args = [row.name, `http://127.0.0.1:${port ?? 0}`];
    this.#child = new Child(row.name, "measure/signRow.js", args, execArgv);
  }

  /** Starts it and sees that it signs what it should. */
  static async start(
    row: Row,
    mock: Mock,
    options: { execArgv?: readonly string[]; keepAliveMs?: number } = {},
  ): Promise<RowProcess> {
    const port =
      row.wire === undefined ? undefined : await mock.open(row.wire, options.keepAliveMs ?? keepAliveMs);
    const started = new RowProcess(row, mock, port, options.execArgv ?? []);
    await started.#child.ask({ kind: "verify" });
    return started;
  }

  /** So many calls, or as many as there are in a few seconds. */
  async warmUp(most: number): Promise<void> {
    await this.#child.ask({ kind: "run", concurrency: 1, ms: 4_000, most });
  }

  async round(concurrency: number, ms: number, most?: number): Promise<Round> {
    const before = await this.#counters();
    const { sample } = await this.#child.ask({
      kind: "run",
      concurrency,
      ms,
      ...(most === undefined ? {} : { most }),
    });
    if (sample === undefined) throw new Error(`${this.row.name} measured nothing.`);
    const after = await this.#counters();
    return {
      ...sample,
      requestsEach: (after.requests - before.requests) / sample.asked,
      bytesEach: (after.bytes - before.bytes) / sample.asked,
      sockets: after.connections,
    };
  }

  async profile(concurrency: number, ms: number): Promise<Profile> {
    const { profile } = await this.#child.ask({ kind: "profile", concurrency, ms });
    if (profile === undefined) throw new Error(`${this.row.name} profiled nothing.`);
    return profile;
  }

  /** Milliseconds that one signature takes, with nothing before it. */
  async first(): Promise<number> {
    const { ms } = await this.#child.ask({ kind: "first" });
    if (ms === undefined) throw new Error(`${this.row.name} measured nothing.`);
    return ms;
  }

  async allocated(signatures: number): Promise<number> {
    const { bytes } = await this.#child.ask({ kind: "allocate", signatures });
    if (bytes === undefined) throw new Error(`${this.row.name} counted nothing.`);
    return bytes;
  }

  close(): void {
    this.#child.close();
  }

  async #counters(): Promise<Counters> {
    if (this.#port === undefined) return { requests: 0, bytes: 0, connections: 0 };
    return this.#mock.counters(this.#port);
  }
}
