import { execFile, spawn } from "node:child_process";
import { randomBytes, sign } from "node:crypto";
import { freePort } from "@sigil/testing/freePort";
import { killWithParent } from "@sigil/testing/killWithParent";
import { type Asked, newKey, startStandIn } from "./standIn.js";

export type Vault = {
  readonly address: string;
  /** A token that may read and sign with `sp`, and nothing else. */
  readonly token: string;
  /** The version of the program, or nothing for the stand-in. */
  readonly version: string | undefined;
  /** Makes the next version of `sp`. */
  rotate(): Promise<void>;
  stop(): Promise<void>;
};

/**
 * A transit engine with the key `sp` of type ed25519 and the key `other` of another type: that of the `vault` or `bao` which
 * `VAULT_PATH` names or which is on `PATH`, in its development mode; where there is none, of a stand-in that answers as
 * documented.
 */
export async function startVault(): Promise<Vault> {
  for (const command of [process.env.VAULT_PATH ?? "vault", "bao"]) {
    const version = await versionOf(command);
    if (version !== undefined) return await startProgram(command, version);
  }
  return await startFake();
}

const versionOf = (command: string): Promise<string | undefined> =>
  new Promise((resolve) => {
    execFile(command, ["version"], (error, stdout) => resolve(error === null ? stdout.trim() : undefined));
  });

/** What the SP's backend may do, as docs/kms.md has it. */
export const policy = `path "transit/keys/sp" { capabilities = ["read"] }
path "transit/sign/sp" { capabilities = ["update"] }
`;

async function startProgram(command: string, version: string): Promise<Vault> {
  const root = randomBytes(16).toString("hex");
  const address = `http://127.0.0.1:${await freePort()}`;
  const args = ["server", "-dev", "-dev-no-store-token", `-dev-root-token-id=${root}`];
  const child = spawn(command, [...args, `-dev-listen-address=${address.slice(7)}`], { stdio: "ignore" });
  const forget = killWithParent(child);
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve())).then(forget);
  const stop = async (): Promise<void> => {
    child.kill();
    await exited;
  };
  const ask = async (path: string, body: object): Promise<{ auth?: { client_token: string } }> => {
    const headers = { "x-vault-token": root };
    const init = { method: "POST", headers, body: JSON.stringify(body) };
    const response = await fetch(`${address}/v1/${path}`, init);
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.status === 204 ? {} : ((await response.json()) as { auth?: { client_token: string } });
  };
  try {
    await untilReady(address);
    await ask("sys/mounts/transit", { type: "transit" });
    await ask("transit/keys/sp", { type: "ed25519" });
    await ask("transit/keys/other", { type: "ecdsa-p256" });
    await ask("sys/policies/acl/sp", {
      policy: `${policy}path "transit/keys/other" { capabilities = ["read"] }`,
    });
    const { auth } = await ask("auth/token/create", { policies: ["sp"] });
    const rotate = async (): Promise<void> => void (await ask("transit/keys/sp/rotate", {}));
    return { address, token: auth?.client_token ?? "", version, rotate, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function untilReady(address: string): Promise<void> {
  const deadline = AbortSignal.timeout(30_000);
  while (!deadline.aborted) {
    const response = await fetch(`${address}/v1/sys/health`, { signal: deadline }).catch(() => undefined);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`Vault did not get ready at ${address}.`);
}

async function startFake(): Promise<Vault> {
  const token = randomBytes(16).toString("hex");
  const versions = [newKey()];
  const raw = (n: number): string =>
    Buffer.from(versions[n]?.publicKey.export({ format: "jwk" }).x ?? "", "base64url").toString("base64");
  const answer = ({ method, url, headers, body }: Asked): { status?: number; body: unknown } => {
    if (headers["x-vault-token"] !== token) return { status: 403, body: { errors: ["permission denied"] } };
    if (method === "GET" && url === "/v1/transit/keys/sp") {
      const keys = versions.map((_, n) => [n + 1, { name: "ed25519", public_key: raw(n) }]);
      return { body: { data: { type: "ed25519", keys: Object.fromEntries(keys) } } };
    }
    if (method === "GET" && url === "/v1/transit/keys/other")
      return {
        body: { data: { type: "ecdsa-p256", keys: { 1: { public_key: "-----BEGIN PUBLIC KEY-----" } } } },
      };
    const version = Number(body.key_version ?? versions.length);
    const key = versions[version - 1]?.privateKey;
    if (method !== "POST" || url !== "/v1/transit/sign/sp" || key === undefined)
      return { status: 403, body: { errors: ["permission denied"] } };
    const signature = sign(null, Buffer.from(String(body.input), "base64"), key).toString("base64");
    return { body: { data: { signature: `vault:v${version}:${signature}`, key_version: version } } };
  };
  const { url, stop } = await startStandIn(answer);
  const rotate = async (): Promise<void> => void versions.push(newKey());
  return { address: url, token, version: undefined, rotate, stop };
}
