import type { Chain } from "../../link/chains.js";
import type { Decoded } from "../decoded/decode.js";

/** What the owner answers in the end. */
export type RuleAnswer = "approve" | { readonly reject: string };

/**
 * What the owner of an appliance does about some requests, before `approval` is asked. What `when` leaves out fits
 * everything.
 */
export type Rule = {
  readonly when?: {
    readonly kind?: "pair" | "sign";
    /** Id or name of the appliance. */
    readonly appliance?: string;
    /** Id or name of the service provider. */
    readonly sp?: string;
    /** A chain that the request names: a scope's, a signature's. For Solana it needs no naming. */
    readonly chain?: Chain;
    /** In any case for an EVM chain. Fits signatures only, as do the two below. */
    readonly address?: string;
    /** What the payload is. */
    readonly is?: Decoded["kind"];
    /**
     * What the transfers of a Solana transaction move in all, in lamports as decimal text, bounds included. Nothing can
     * be read of an EVM digest, so that `wei` is refused.
     */
    readonly amount?: {
      readonly atLeast?: string;
      readonly atMost?: string;
      readonly unit?: "wei" | "lamports";
    };
  };
  /** `ignore`: never answers; the request waits until its time is up. A delay goes by the emulator's clock. */
  readonly then: RuleAnswer | { readonly delayMs: number; readonly then: RuleAnswer } | "ignore";
};
