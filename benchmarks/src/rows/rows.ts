import type { Wire } from "../mock/answers.js";
import type { Chain, Program, Row } from "./Row.js";

/** A module is loaded in the process of its row alone. */
type Load = () => Promise<Program>;

const floor = (name: string, load: Load): Row =>
  ({ name, group: "floor", chain: "evm", verifies: false, wire: "octaneEvm", load }) as const;

const sigil = (name: string, chain: Chain, load: Load): Row => ({
  name,
  group: "sigil",
  chain,
  verifies: true,
  wire: chain === "evm" ? "octaneEvm" : "octaneSolana",
  load,
});

const bare = (name: string, chain: Chain, load: Load): Row => ({
  ...sigil(name, chain, load),
  verifies: false,
});

const alone = (group: "local" | "check", name: string, chain: Chain, load: Load): Row => ({
  name,
  group,
  chain,
  verifies: group === "check",
  wire: undefined,
  load,
});

const peer = (name: string, chain: Chain, wire: Wire, load: Load, verifies = false): Row => ({
  name,
  group: "peer",
  chain,
  verifies,
  wire,
  load,
});

/** What all ratios are to. */
export const floorName = "fetch + SP signature";

export const rows: readonly Row[] = [
  floor(floorName, async () => (await import("./floor.js")).fetchSigned),
  floor("fetch", async () => (await import("./floor.js")).fetchAlone),
  floor("undici.request + SP signature", async () => (await import("./undici.js")).undiciSigned),
  floor("undici.request", async () => (await import("./undici.js")).undiciAlone),
  floor("node:http + SP signature", async () => (await import("./floor.js")).httpSigned),
  floor("node:http", async () => (await import("./floor.js")).httpAlone),

  bare("client.sign, secp256k1", "evm", async () => (await import("./sigil.js")).clientEvm),
  sigil("@sigil/viem", "evm", async () => (await import("./viem.js")).sigilViem),
  sigil("@sigil/viem, Node's HTTP", "evm", async () => (await import("./viem.js")).sigilViemNodeFetch),
  sigil("@sigil/viem, accelerator", "evm", async () => (await import("./viem.js")).sigilViemAccelerator),
  sigil(
    "@sigil/viem, accelerator + Node's HTTP",
    "evm",
    async () => (await import("./viem.js")).sigilViemAcceleratorNodeFetch,
  ),
  sigil("@sigil/ethers", "evm", async () => (await import("./ethers.js")).sigilEthers),
  bare("client.sign, Ed25519", "solana", async () => (await import("./sigil.js")).clientSolana),
  sigil("@sigil/solana, kit", "solana", async () => (await import("./kit.js")).sigilKit),
  sigil(
    "@sigil/solana, kit, Node's HTTP",
    "solana",
    async () => (await import("./kit.js")).sigilKitNodeFetch,
  ),
  sigil("@sigil/solana, web3.js", "solana", async () => (await import("./web3js.js")).sigilWeb3js),

  peer("@turnkey/viem", "evm", "turnkeyEvm", async () => (await import("./peers/turnkey.js")).turnkeyViem),
  peer(
    "@turnkey/ethers",
    "evm",
    "turnkeyEvm",
    async () => (await import("./peers/turnkey.js")).turnkeyEthers,
  ),
  peer("@dfns/lib-viem", "evm", "dfns", async () => (await import("./peers/dfns.js")).dfnsViem),
  peer("@privy-io/node, viem", "evm", "privyEvm", async () => (await import("./peers/privy.js")).privyViem),
  peer(
    "@cubist-labs/cubesigner-sdk-viem",
    "evm",
    "cubesigner",
    async () => (await import("./peers/cubesigner.js")).cubesignerViem,
  ),
  peer("@coinbase/cdp-sdk, EVM", "evm", "cdp", async () => (await import("./peers/cdp.js")).cdpEvm),
  peer(
    "@turnkey/solana",
    "solana",
    "turnkeySolana",
    async () => (await import("./peers/turnkey.js")).turnkeySolana,
  ),
  peer(
    "@solana/keychain-turnkey",
    "solana",
    "turnkeySolana",
    async () => (await import("./peers/keychain.js")).keychainTurnkey,
  ),
  peer(
    "@solana/keychain-privy",
    "solana",
    "privySolana",
    async () => (await import("./peers/keychain.js")).keychainPrivy,
  ),
  peer(
    "@solana/keychain-vault",
    "solana",
    "vault",
    async () => (await import("./peers/keychain.js")).keychainVault,
  ),
  peer(
    "@solana/keychain-fireblocks",
    "solana",
    "fireblocks",
    async () => (await import("./peers/keychain.js")).keychainFireblocks,
  ),
  peer("@coinbase/cdp-sdk, Solana", "solana", "cdp", async () => (await import("./peers/cdp.js")).cdpSolana),

  alone("check", "the check in @sigil/viem", "evm", async () => (await import("./viem.js")).sigilViemCheck),
  alone(
    "check",
    "the check in @sigil/viem, accelerator",
    "evm",
    async () => (await import("./viem.js")).sigilViemCheckAccelerator,
  ),
  alone("check", "viem's recoverAddress", "evm", async () => (await import("./viem.js")).viemRecover),
  alone(
    "check",
    "the check in @sigil/solana",
    "solana",
    async () => (await import("./kit.js")).sigilKitCheck,
  ),

  alone("local", "viem privateKeyToAccount", "evm", async () => (await import("./viem.js")).viemPrivateKey),
  alone("local", "ethers Wallet", "evm", async () => (await import("./ethers.js")).ethersWallet),
  alone("local", "kit KeyPairSigner", "solana", async () => (await import("./kit.js")).kitKeyPair),
  alone("local", "web3.js Keypair", "solana", async () => (await import("./web3js.js")).web3jsKeypair),
];

/** @throws Error for a name that is no row's. */
export function rowOf(name: string): Row {
  const row = rows.find((each) => each.name === name);
  if (row === undefined) throw new Error(`There is no row ${JSON.stringify(name)}: see src/rows/rows.ts.`);
  return row;
}
