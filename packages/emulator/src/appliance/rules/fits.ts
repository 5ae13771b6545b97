import { addressKey, type Chain } from "../../link/chains.js";
import type { ApprovalRequest, SignApprovalRequest } from "../approval.js";
import { type Decoded, decode } from "../decoded/decode.js";
import type { Rule } from "./Rule.js";

/** Who is asked: an appliance by id and name. */
export type Asked = { readonly id: string; readonly name: string };

/** Whether a rule is about this request. */
export function fits({ when = {} }: Rule, request: ApprovalRequest, appliance: Asked): boolean {
  const { kind, sp, chain } = when;
  if (kind !== undefined && kind !== request.kind) return false;
  if (when.appliance !== undefined && when.appliance !== appliance.id && when.appliance !== appliance.name)
    return false;
  if (sp !== undefined && sp !== request.sp.id && sp !== request.sp.name) return false;
  if (chain !== undefined && !chainsOf(request).includes(chain)) return false;
  if (when.address === undefined && when.is === undefined && when.amount === undefined) return true;
  return request.kind === "sign" && fitsPayload(when, request);
}

function chainsOf(request: ApprovalRequest): readonly (Chain | undefined)[] {
  if (request.kind === "pair") return request.requested_scopes.map(({ chain }) => chain);
  return [request.algo === "ed25519" ? "solana" : request.chain];
}

function fitsPayload(
  { address, is, amount }: NonNullable<Rule["when"]>,
  request: SignApprovalRequest,
): boolean {
  if (address !== undefined && addressKey(address) !== addressKey(request.address)) return false;
  if (is === undefined && amount === undefined) return true;
  const decoded = decode(request);
  return (is === undefined || is === decoded.kind) && (amount === undefined || isWithin(amount, decoded));
}

type Amount = { readonly atLeast?: string; readonly atMost?: string };

function isWithin({ atLeast, atMost }: Amount, decoded: Decoded): boolean {
  if (decoded.kind !== "transaction" || decoded.lamports === undefined) return false;
  const lamports = BigInt(decoded.lamports);
  return (
    (atLeast === undefined || lamports >= BigInt(atLeast)) &&
    (atMost === undefined || lamports <= BigInt(atMost))
  );
}
