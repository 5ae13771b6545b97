import type { Chain } from "./chain.js";
import { toJson } from "./json.js";
import { type Method, methods } from "./methods.js";
import type { Params } from "./params.js";
import { RpcError, rpcCodes } from "./rpcError.js";

type Call = { readonly id?: unknown; readonly method?: unknown; readonly params?: unknown };

/** More methods than those of all connections: what only one connection can have, its subscriptions. */
export type Lookup = (name: string) => Method | undefined;

/** The answer to the text of one request or a batch, as text; undefined if none is wanted. */
export function answerText(chain: Chain, text: string, lookup?: Lookup): string | undefined {
  const parsed = parse(text);
  if (parsed === undefined) return toJson(toFailure(null, new RpcError(rpcCodes.parseError, "Parse error")));
  if (!Array.isArray(parsed)) {
    const answer = answerOne(chain, parsed as Call, lookup);
    return answer && toJson(answer);
  }
  return toJson(parsed.map((call: Call) => answerOne(chain, call, lookup)).filter(Boolean));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) ?? undefined;
  } catch {
    return undefined;
  }
}

function answerOne(chain: Chain, call: Call, lookup: Lookup = () => undefined): object | undefined {
  // A notification, for instance the ping of web3.js.
  if (call.id === undefined) return undefined;
  try {
    const name = String(call.method);
    const method = lookup(name) ?? methods.get(name);
    if (method === undefined) throw new RpcError(rpcCodes.methodNotFound, `Method not found: ${name}`);
    return { jsonrpc: "2.0", id: call.id, result: method(chain, toParams(call.params)) };
  } catch (error) {
    return toFailure(call.id, error);
  }
}

function toParams(params: unknown): Params {
  if (params === undefined) return [];
  if (!Array.isArray(params)) throw new RpcError(rpcCodes.invalidParams, "Invalid params: not an array");
  return params;
}

function toFailure(id: unknown, error: unknown): object {
  const { code, message, data } =
    error instanceof RpcError ? error : new RpcError(rpcCodes.internalError, String(error));
  return { jsonrpc: "2.0", id, error: { code, message, ...(data === undefined ? {} : { data }) } };
}
