import { evmAccount, evmSignature } from "../fixtures.js";
import type { Answer } from "./Answer.js";

const materialId = evmAccount.address.toLowerCase();

const routes: Readonly<Record<string, string>> = {
  // Asked for once, by the first signature.
  [`GET /v0/org/Org%23benchmark/keys/SecpEthAddr/${materialId}`]: JSON.stringify({
    key_id: `Key#${materialId}`,
    key_type: "SecpEthAddr",
    material_id: materialId,
    enabled: true,
    owner: "Role#benchmark",
    policy: [],
    public_key: evmAccount.publicKey,
    purpose: "Evm",
  }),
  [`POST /v0/org/Org%23benchmark/evm/eip191/sign/${materialId}`]: JSON.stringify({ signature: evmSignature }),
};

export const cubesigner: Answer = ({ method, path }) => routes[`${method} ${path}`];
