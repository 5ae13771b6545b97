import { PairError } from "@sigil/astrotrain/pairing";
import type { PairFailure } from "../PairState.js";

/** The proxy answered, but not with what was asked for. `what` failed by it. */
export async function refusalOf(response: Response, what: string): Promise<PairFailure> {
  const { status } = response;
  const body = (await response.text()).slice(0, 65_536);
  const code = /"code"\s*:\s*"([a-z_]{1,64})"/.exec(body)?.[1];
  const details = { kind: "http", status, body, ...(code === undefined ? {} : { code }) } as const;
  const message = `${what} failed: the proxy answered ${status} ${code ?? ""}`.trim();
  return new PairError(message, details) as PairFailure;
}

/** What went wrong on the way to the proxy, or what is known of it already. */
export function toFailure(error: unknown, what: string): PairFailure {
  if (error instanceof PairError) return error as PairFailure;
  const message = `${what} failed: the proxy was not reached. See cause.`;
  return new PairError(message, { kind: "network", cause: error }) as PairFailure;
}
