import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer as createHttpServer } from "node:http";
import { createRequire } from "node:module";
import type { Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer, type TlsOptions } from "node:tls";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { type Certificate, type CertificateOptions, makeCertificate } from "@sigil/testing/certificates";
import { figure } from "@sigil/testing/promises";
import { expect, onTestFinished, test } from "vitest";
import { goodText } from "./answers.js";
import { type CallName, callNames, isWait } from "./calls.js";
import { listenAnywhere, readRequests } from "./rawOctane.js";

const authority = makeCertificate({ commonName: "test authority", isAuthority: true });
const home = "127.0.0.1";
const trusted: CertificateOptions = { commonName: home, addresses: [home], issuer: authority };
const old = { notBefore: new Date("2020-01-01T00:00:00Z"), notAfter: new Date("2020-12-31T00:00:00Z") };

/** An octane over TLS that would answer, and how many requests got through to it. */
async function startTls(certificate: Certificate, options: TlsOptions = {}) {
  let requests = 0;
  const server = createServer({ ...options, key: certificate.key, cert: certificate.cert }, (socket) => {
    socket.on("error", () => {});
    readRequests(socket, (request) => {
      requests++;
      socket.write(goodText(request));
    });
  });
  server.on("tlsClientError", () => {});
  const port = await listenAnywhere(server as Server);
  onTestFinished(() => void server.close());
  return { url: `https://${home}:${port}`, requests: () => requests };
}

/** An octane without TLS, which takes a handshake for a bad request. */
async function startPlain() {
  let requests = 0;
  const server = createHttpServer((_, response) => {
    requests++;
    response.end();
  });
  const port = await listenAnywhere(server);
  onTestFinished(() => void server.close());
  return { url: `https://${home}:${port}`, requests: () => requests };
}

/** OpenSSL itself refuses so old a protocol unless it is told otherwise. */
const oldProtocol: TlsOptions = {
  minVersion: "TLSv1.1",
  maxVersion: "TLSv1.1",
  ciphers: "DEFAULT@SECLEVEL=0",
};

/** What is wrong with each server, and the codes or words by which Node says so. All but the first are by the trusted authority. */
const startAll = async () => {
  const { issuer: _, ...bySelf } = trusted;
  return {
    "self-signed": [await startTls(makeCertificate(bySelf)), /SELF_SIGNED/],
    expired: [await startTls(makeCertificate({ ...trusted, ...old })), /CERT_HAS_EXPIRED/],
    "wrong host": [
      await startTls(makeCertificate({ ...trusted, addresses: ["127.0.0.2"] })),
      /ALTNAME_INVALID/,
    ],
    "TLS 1.1": [
      await startTls(makeCertificate(trusted), oldProtocol),
      /PROTOCOL.VERSION|UNSUPPORTED.PROTOCOL/i,
    ],
    "no subjectAltName": [await startTls(makeCertificate({ ...trusted, addresses: [] })), /ALTNAME_INVALID/],
    "plain http": [await startPlain(), /WRONG_VERSION_NUMBER|EPROTO/],
  } as const;
};

type Outcome = { readonly name: CallName; readonly kind: string; readonly causes: readonly string[] };

/** What the calls make of each URL, in a process that trusts the authority from its start. */
async function askFromChild(urls: readonly string[]): Promise<readonly (readonly Outcome[])[]> {
  const folder = await mkdtemp(join(tmpdir(), "sigil-tls-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, "authority.pem");
  await writeFile(file, authority.cert);
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
  const program = fileURLToPath(new URL("./tlsClient.ts", import.meta.url));
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--conditions=@sigil/source", "--import", tsx, program, ...urls],
    { env: { ...process.env, NODE_EXTRA_CA_CERTS: file } },
  );
  return JSON.parse(stdout) as Outcome[][];
}

test("R16: 6 TLS faults are refused in 7 calls before any request, by a client whom the same authority's good server suits", async () => {
  const good = await startTls(makeCertificate(trusted));
  const bad = await startAll();
  const urls = Object.values(bad).map(([{ url }]) => url);
  const [control, ...outcomes] = await askFromChild([good.url, ...urls]);
  expect(control?.map(({ kind }) => kind)).toEqual(callNames.map(() => "answered"));
  let refused = 0;
  for (const [i, [fault, [server, code]]] of Object.entries(bad).entries()) {
    for (const { name, kind, causes } of outcomes[i] ?? []) {
      expect([fault, name, kind]).toEqual([fault, name, "network"]);
      // What waits asks again until its time is up, and says only that.
      if (!isWait(name)) expect([fault, causes.join(" ")]).toEqual([fault, expect.stringMatching(code)]);
      refused++;
    }
    expect([fault, server.requests()]).toEqual([fault, 0]);
  }
  expect(refused).toBe(42);
  figure(
    "R16",
    `${refused} of 42 calls refused in ${urls.length} TLS faults, ${good.requests()} of ${callNames.length} answered by the trusted server`,
  );
});

/** The sources of all packages, without their tests. */
async function sources(): Promise<string[]> {
  const packages = fileURLToPath(new URL("../../packages", import.meta.url));
  const files = (await readdir(packages)).map(async (name) => {
    const src = join(packages, name, "src");
    return (await readdir(src, { recursive: true })).map((path) => join(src, path));
  });
  const isSource = (path: string): boolean => /\.tsx?$/.test(path) && !/\.test(-d)?\.tsx?$/.test(path);
  return Promise.all(
    (await Promise.all(files))
      .flat()
      .filter(isSource)
      .map((path) => readFile(path, "utf8")),
  );
}

test("R16: no package has a word about rejectUnauthorized", async () => {
  const texts = await sources();
  expect(texts.length).toBeGreaterThan(50);
  expect(texts.filter((text) => /rejectUnauthorized|NODE_TLS_REJECT_UNAUTHORIZED/.test(text))).toEqual([]);
});
