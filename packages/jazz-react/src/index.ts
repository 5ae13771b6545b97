"use client";

export { JazzPair } from "./JazzPair.js";
export type { JazzPairLabels, JazzPairProps } from "./JazzPairProps.js";
export type { CreatedSession, JazzPairOptions } from "./PairFlowOptions.js";
export type { OpenSession, PairExpiry, PairFailure, PairRejection, PairState } from "./PairState.js";
export { type JazzPairControls, useJazzPair } from "./useJazzPair.js";
