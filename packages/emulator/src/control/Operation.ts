import type { Emulator } from "../emulator.js";
import type { Schema, Shape } from "./shapes.js";

/** One request to the control API, read. */
export type Call<Body> = {
  readonly emulator: Emulator;
  /** The `{names}` of the path. @throws where the path has no such name. */
  readonly param: (name: string) => string;
  readonly query: URLSearchParams;
  readonly body: Body;
  readonly request: Request;
};

/** One thing the control API does: what it is called, what it takes and gives, and how it is done. */
export type Operation<Body = unknown> = {
  readonly id: string;
  readonly tag: "Emulator" | "Appliances" | "Service providers" | "Behaviour" | "Records";
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  /** Below `/_emulator`; `{name}` for what varies. */
  readonly path: string;
  readonly summary: string;
  readonly query?: Readonly<Record<string, Schema>>;
  readonly body?: Shape<Body>;
  readonly status: 200 | 201 | 204;
  /** The schema of the answer; left out where there is none, or where it is no JSON. */
  readonly answer?: Schema;
  /** What is sent as JSON; a Response goes out as it is. */
  run(call: Call<Body>): unknown;
};

/** Infers the type of the body. */
export function operation<Body>(described: Operation<Body>): Operation {
  return described as Operation;
}
