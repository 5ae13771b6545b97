import { solanaSignature } from "../fixtures.js";
import type { Answer } from "./Answer.js";

const signed = JSON.stringify({
  data: { signature: `vault:v1:${Buffer.from(solanaSignature).toString("base64")}`, key_version: 1 },
});

/** HashiCorp Vault's transit engine. */
export const vault: Answer = ({ path }) => (path === "/v1/transit/sign/benchmark" ? signed : undefined);
