import { origin } from "./page.js";
import { rawRequest } from "./rawRequests.js";

/** A request that must get nothing done, and which statuses say so. None: whatever does, but no 2xx. */
export type Hostile = {
  readonly name: string;
  readonly bytes: string;
  readonly statuses?: readonly number[];
  /** Express mounts at `/API` and `/api/` as at `/api`, so there it is its own user's good request. */
  readonly mountedAlike?: boolean;
};

/** What is there to be had: a session of ada's, and her pairing. */
export type Prey = {
  readonly sessionId: string;
  readonly address: string;
  readonly pairId: string;
};

const host = "host: app.example";
const json = "content-type: application/json";
const own = `origin: ${origin}`;
const as = (user: string): string => `cookie: theme=dark; user=${user}`;
const close = "connection: close";
const length = (body: string): string => `content-length: ${Buffer.byteLength(body)}`;

const post = (path: string, headers: readonly string[], body = "{}"): string =>
  rawRequest(`POST ${path} HTTP/1.1`, [host, close, length(body), ...headers], body);
const get = (path: string, headers: readonly string[]): string =>
  rawRequest(`GET ${path} HTTP/1.1`, [host, close, ...headers]);

/** All the ways in that were thought of. `bob` is logged in and has nothing; `ada` has what is looked for. */
export function hostileRequests({ sessionId: id, address, pairId }: Prey): readonly Hostile[] {
  const session = `/api/sp/pair/sessions/${id}`;
  const mint = "/api/create-pair-session";
  const signAsk = { payload: "A".repeat(43), algo: "secp256k1", chain: "base" };
  const sign = (more: object = {}): string => JSON.stringify({ ...signAsk, ...more });
  const bob = [as("bob"), own, json];
  const ada = [as("ada"), own, json];
  return [
    ...nobody(),
    ...otherUser(),
    ...otherPage(),
    ...paths(),
    ...methods(),
    ...headers(),
    ...bodies(),
    ...framing(),
  ];

  function nobody(): readonly Hostile[] {
    const without: readonly (readonly [string, readonly string[]])[] = [
      ["no cookie", []],
      ["an empty user", ["cookie: user="]],
      ["a cookie that is no user's", ["cookie: theme=user"]],
      ["a cookie whose name ends alike", ["cookie: superuser=ada"]],
      ["a user of blanks", ["cookie: user=%20"]],
      ["an Authorization", ["authorization: Bearer user=ada"]],
      ["an X-User", ["x-user: ada", "x-forwarded-user: ada", "x-remote-user: ada"]],
      ["a Cookie2", ["cookie2: user=ada"]],
      ["a cookie in the query", []],
    ];
    return without.flatMap(([name, has]) => {
      const query = name.endsWith("query") ? "?cookie=user%3Dada&user=ada" : "";
      return [
        { name: `mint, ${name}`, bytes: post(mint + query, [own, json, ...has]), statuses: [401] },
        { name: `result, ${name}`, bytes: get(`${session}/result${query}`, has), statuses: [401] },
        {
          name: `sign, ${name}`,
          bytes: post(`/api/sp/sign${query}`, [own, json, ...has], sign()),
          statuses: [401],
        },
      ];
    });
  }

  function otherUser(): readonly Hostile[] {
    const pairs = [
      {},
      { address },
      { pair_id: pairId },
      { address, pair_id: pairId },
      { user: "ada", userId: "ada" },
    ];
    return [
      { name: "another's state", bytes: get(session, [as("bob")]), statuses: [404] },
      { name: "another's result", bytes: get(`${session}/result`, [as("bob")]), statuses: [404] },
      { name: "another's cancel", bytes: post(`${session}/cancel`, bob), statuses: [404] },
      ...["__proto__", "constructor", "toString", "hasOwnProperty"].flatMap((user) => [
        { name: `state as ${user}`, bytes: get(session, [as(user)]), statuses: [404] },
        {
          name: `sign as ${user}`,
          bytes: post("/api/sp/sign", [as(user), own, json], sign()),
          statuses: [403],
        },
      ]),
      ...pairs.map((more) => ({
        name: `another's signature, ${Object.keys(more).join(" and ")}`,
        bytes: post("/api/sp/sign", bob, sign(more)),
        statuses: [403],
      })),
      {
        name: "a wallet that is not hers",
        bytes: post("/api/sp/sign", ada, sign({ address: `0x${"1".repeat(40)}` })),
        statuses: [403],
      },
    ];
  }

  function otherPage(): readonly Hostile[] {
    const evil = [
      "origin: https://evil.example",
      "origin: null",
      "origin: ",
      "origin: HTTPS://APP.EXAMPLE",
      "origin: http://app.example",
      "origin: https://app.example.",
      "origin: https://app.example:443",
      "origin: https://app.example/",
      "origin: https://app.example.evil.example",
      "origin: https://app.example https://evil.example",
      "origin: https://app.example, https://evil.example",
      `origin: https://\xE0pp.example`,
      `${own}\r\norigin: https://evil.example`,
      `origin: https://evil.example\r\n${own}`,
      `referer: ${origin}/`,
      `x-origin: ${origin}`,
      `${own}\r\nsec-fetch-site: cross-site`,
      `${own}\r\nsec-fetch-site: same-site`,
      `${own}\r\nsec-fetch-site: none`,
      `${own}\r\nsec-fetch-site: same-origin\r\nsec-fetch-site: cross-site`,
      `${own}\r\nSec-Fetch-Site: SAME-ORIGIN`,
    ];
    const types = [
      "",
      "content-type: text/plain",
      "content-type: application/x-www-form-urlencoded",
      "content-type: multipart/form-data; boundary=application/json",
      "content-type: application/jsonp",
      "content-type: text/json",
      "content-type: text/plain; application/json",
      "content-type: text/plain\r\ncontent-type: application/json",
      "content-type: application/json, text/plain",
    ];
    return [
      ...evil.flatMap((line) => [
        { name: `mint with ${line}`, bytes: post(mint, [as("ada"), json, line]), statuses: [403] },
        { name: `mint of nothing with ${line}`, bytes: post(mint, [as("ada"), line], ""), statuses: [403] },
        {
          name: `cancel with ${line}`,
          bytes: post(`${session}/cancel`, [as("ada"), json, line]),
          statuses: [403],
        },
        {
          name: `sign with ${line}`,
          bytes: post("/api/sp/sign", [as("ada"), json, line], sign()),
          statuses: [403],
        },
      ]),
      ...["https://evil.example", "null"].map((from) => ({
        name: `result to ${from}`,
        bytes: get(`${session}/result`, [as("ada"), `origin: ${from}`]),
        statuses: [403],
      })),
      {
        name: "result to a frame",
        bytes: get(`${session}/result`, [as("ada"), "sec-fetch-site: cross-site"]),
        statuses: [403],
      },
      ...types.map((type) => ({
        name: `mint with ${type === "" ? "no content type" : type}`,
        bytes: post(mint, [as("ada"), own, ...(type === "" ? [] : [type])]),
        statuses: [415],
      })),
      {
        name: "mint of chunks with no content type",
        bytes: rawRequest(
          `POST ${mint} HTTP/1.1`,
          [host, close, as("ada"), own, "transfer-encoding: chunked"],
          "2\r\n{}\r\n0\r\n\r\n",
        ),
        statuses: [415],
      },
    ];
  }

  function paths(): readonly Hostile[] {
    const ids = [
      "..%2F..%2Fpairings",
      "%2e%2e%2f%2e%2e%2fpairings",
      "..%5c..%5cpairings",
      "%252e%252e%252f",
      "%00",
      `${id}%00`,
      `${id}%20`,
      `${id}%0d%0ax-header:1`,
      `%ef%bb%bf${id}`,
      `${id}%e2%80%8b`,
      encodeURIComponent(id.replace(/[A-Za-z0-9]/g, fullWidth)),
      "%ff%fe",
      "%ed%a0%80",
      "%E0%A4%A",
      "%",
      "a".repeat(4000),
      "__proto__",
      "sigil:session:x",
      "*",
    ];
    const targets = [
      "//evil.example/sp/pair/sessions",
      "///api/create-pair-session",
      "/api//create-pair-session",
      "/api/./../sp/sign/../../create-pair-session/x",
      "/api%2fcreate-pair-session",
      "/api/create-pair-session/",
      "/api/create-pair-session%00",
      "/api/create-pair-session;x=1",
      "/API/create-pair-session",
      "/api/Create-Pair-Session",
      "/api/sp/pair/sessions/",
      "/api/sp/pair/validate",
      "/api/sp/pairings/x",
      `/api/sp/pairings/${pairId}/wallets`,
      `/api/sp/pairings/${pairId}/events`,
      "/api/sp/sign/",
      "/api/sp/sign%2f",
      "/api/sp%2fsign",
      "/api/octane/sp/sign",
      "/_emulator/state",
      "/api/_emulator/state",
      "http://evil.example/api/sp/pairings/x",
      "http://evil.example:80/sp/pair/validate",
      "https://octane.test/sp/pairings/x",
      "ftp://evil.example/api/create-pair-session",
      "*",
      "",
    ];
    const refused = [400, 403, 404, 405];
    return [
      ...ids.flatMap((each) => [
        {
          name: `state of ${each.slice(0, 60)}`,
          bytes: get(`/api/sp/pair/sessions/${each}`, ada),
          statuses: [400, 404],
        },
        {
          name: `result of ${each.slice(0, 60)}`,
          bytes: get(`/api/sp/pair/sessions/${each}/result`, ada),
          statuses: [400, 404],
        },
      ]),
      ...targets.flatMap((target) => [
        {
          name: `POST ${target}`,
          bytes: post(target, ada),
          statuses: refused,
          mountedAlike: target.startsWith("/API/") || target.startsWith("/api//"),
        },
        { name: `GET ${target}`, bytes: get(target, ada), statuses: refused },
      ]),
      { name: "a fragment", bytes: post(`${mint}#/../sign`, [own, json]), statuses: [400, 401, 404] },
      { name: "a backslash", bytes: post("/api\\create-pair-session", ada), statuses: [400, 404] },
    ];
  }

  function methods(): readonly Hostile[] {
    const names = [
      "HEAD",
      "OPTIONS",
      "PUT",
      "PATCH",
      "DELETE",
      "TRACE",
      "PROPFIND",
      "SEARCH",
      "get",
      "Post",
      "pOST",
      "XX",
    ];
    const targets = [mint, `${session}/result`, session, `${session}/cancel`, "/api/sp/sign"];
    const sends = names.flatMap((name) =>
      targets.map((target) => ({
        name: `${name} ${target.replace(id, "ID")}`,
        bytes: rawRequest(`${name} ${target} HTTP/1.1`, [host, close, ...ada, length("{}")], "{}"),
        statuses: [400, 404, 405, 501],
      })),
    );
    const overrides = ["x-http-method-override: POST", "x-method-override: POST", "x-http-method: POST"];
    return [
      ...sends,
      ...overrides.map((line) => ({ name: line, bytes: get(mint, [...ada, line]), statuses: [405] })),
      { name: "CONNECT", bytes: rawRequest("CONNECT octane.test:443 HTTP/1.1", [host, ...ada]) },
      {
        name: "a preflight",
        bytes: rawRequest(`OPTIONS ${mint} HTTP/1.1`, [
          host,
          close,
          "origin: https://evil.example",
          "access-control-request-method: POST",
          "access-control-request-headers: content-type",
        ]),
        statuses: [404, 405],
      },
    ];
  }

  function headers(): readonly Hostile[] {
    const smuggled = [
      "x-forwarded-host: app.example",
      "x-forwarded-for: 127.0.0.1",
      "forwarded: host=app.example;proto=https",
      "x-original-url: /api/create-pair-session",
      "x-rewrite-url: /api/create-pair-session",
      "x-sigil-octane-url: https://evil.example",
      "x-api-key: mine",
      "transfer-encoding : chunked",
      "x-middleware-subrequest: middleware",
    ];
    return [
      ...smuggled.flatMap((line) => [
        { name: `nobody with ${line}`, bytes: post(mint, [own, json, line]), statuses: [400, 401] },
        { name: `bob with ${line}`, bytes: get(session, [as("bob"), line]), statuses: [400, 404] },
      ]),
      { name: "no host", bytes: rawRequest(`GET ${session} HTTP/1.1`, [close, as("bob")]), statuses: [400] },
      {
        name: "two hosts",
        bytes: rawRequest(`GET ${session} HTTP/1.1`, [host, host, close, as("bob")]),
        statuses: [400, 404],
      },
      {
        name: "another host",
        bytes: rawRequest(`GET ${session} HTTP/1.1`, ["host: evil.example", close, as("bob")]),
        statuses: [404],
      },
      {
        name: "a host with a path",
        bytes: rawRequest(`GET /x HTTP/1.1`, [`host: app.example${session}?`, close, as("ada")]),
        statuses: [400, 404],
      },
      {
        name: "a host with a user",
        bytes: rawRequest(`GET ${session} HTTP/1.1`, ["host: app.example@evil.example", close, as("bob")]),
        statuses: [400, 404],
      },
      { name: "a folded header", bytes: get(session, ["cookie: theme=dark;\r\n user=ada"]), statuses: [400] },
      { name: "a NUL in a header", bytes: get(session, ["cookie: user=\0ada"]), statuses: [400] },
      {
        name: "a bare LF in a header",
        bytes: get(session, ["x: 1\ncookie: user=ada"]),
        statuses: [400, 401, 404],
      },
      { name: "a name with a blank", bytes: get(session, ["cookie : user=ada"]), statuses: [400] },
      {
        name: "40 KB of headers",
        bytes: get(session, [`x: ${"a".repeat(40_000)}`, as("bob")]),
        statuses: [431],
      },
    ];
  }

  function bodies(): readonly Hostile[] {
    const texts = [
      "",
      "null",
      "[]",
      '"text"',
      "{",
      "NaN",
      '{"__proto__":{"payload":"x","algo":"secp256k1"}}',
      '{"constructor":{"prototype":{"algo":"secp256k1"}}}',
      sign({ payload: 1 }),
      sign({ payload: ["A".repeat(43)] }),
      sign({ payload: { toString: 1 } }),
      sign({ payload: `${"A".repeat(42)}=` }),
      sign({ algo: "SECP256K1" }),
      sign({ algo: ["secp256k1"] }),
      sign({ chain: { toString: 1 } }),
      "[".repeat(20_000),
    ];
    return [
      ...texts.map((text) => ({
        name: `sign ${text.slice(0, 40)}`,
        bytes: post("/api/sp/sign", ada, text),
        statuses: [400],
      })),
      {
        name: "sign 300 kB",
        bytes: post("/api/sp/sign", ada, sign({ x: "a".repeat(300_000) })),
        statuses: [413],
      },
      {
        name: "sign what inherits",
        bytes: post(
          "/api/sp/sign",
          bob,
          `{"__proto__":{"userId":"ada","address":"${address}"},${sign().slice(1)}`,
        ),
        statuses: [403],
      },
      {
        name: "a gzip that is none",
        bytes: post("/api/sp/sign", [...ada, "content-encoding: gzip"], sign({ address: "x" })),
        statuses: [400, 403, 415],
      },
    ];
  }

  /** Where one server sees one request and another one two. The second would be a good one. */
  function framing(): readonly Hostile[] {
    const inner = rawRequest(`POST ${mint} HTTP/1.1`, [host, close, ...ada, "content-length: 2"], "{}");
    const outer = [host, own, json];
    const chunk = `${inner.length.toString(16)}\r\n${inner}\r\n0\r\n\r\n`;
    const start = `POST ${mint} HTTP/1.1`;
    return [
      {
        name: "both lengths",
        bytes: rawRequest(
          start,
          [...outer, length(`0\r\n\r\n${inner}`), "transfer-encoding: chunked"],
          `0\r\n\r\n${inner}`,
        ),
        statuses: [400],
      },
      {
        name: "two lengths",
        bytes: rawRequest(start, [...outer, "content-length: 0", length(inner)], inner),
        statuses: [400],
      },
      {
        name: "a list of lengths",
        bytes: rawRequest(start, [...outer, `content-length: 0, ${inner.length}`], inner),
        statuses: [400],
      },
      {
        name: "a signed length",
        bytes: rawRequest(start, [...outer, "content-length: +0"], inner),
        statuses: [400],
      },
      {
        name: "a negative length",
        bytes: rawRequest(start, [...outer, "content-length: -1"], inner),
        statuses: [400],
      },
      {
        name: "an unknown coding",
        bytes: rawRequest(start, [...outer, "transfer-encoding: xchunked"], chunk),
        statuses: [400],
      },
      {
        name: "a coding before chunked",
        bytes: rawRequest(start, [...outer, "transfer-encoding: chunked, identity"], chunk),
        statuses: [400],
      },
      {
        name: "chunked twice",
        bytes: rawRequest(
          start,
          [...outer, "transfer-encoding: chunked\r\ntransfer-encoding: identity"],
          chunk,
        ),
        statuses: [400],
      },
      {
        name: "a request in a body",
        bytes: rawRequest(start, [...outer, close, length(inner)], inner),
        statuses: [401],
      },
      {
        name: "a request in a chunk",
        bytes: rawRequest(start, [...outer, close, "transfer-encoding: chunked"], chunk),
        statuses: [401],
      },
      {
        name: "a bad chunk",
        bytes: rawRequest(start, [...outer, "transfer-encoding: chunked"], `zz\r\n${inner}`),
        statuses: [400, 401],
      },
      { name: "no HTTP", bytes: `\x16\x03\x01${inner}`, statuses: [400] },
      { name: "HTTP/0.9", bytes: `GET ${session}\r\n\r\n`, statuses: [400] },
    ];
  }
}

const fullWidth = (character: string): string => String.fromCharCode(character.charCodeAt(0) + 0xfee0);
