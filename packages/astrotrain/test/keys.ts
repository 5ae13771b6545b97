import { bytesToB64u } from "../src/encoding/base64url.js";

/** Test keys that everyone may know: seeds of one repeated byte. */
export const spSeed: Uint8Array = new Uint8Array(32).fill(1);
export const octaneSeed: Uint8Array = new Uint8Array(32).fill(2);
export const spSeedText: string = bytesToB64u(spSeed);
export const wallet = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";
export const digest: Uint8Array = new Uint8Array(32).fill(7);
