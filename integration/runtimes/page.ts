// A page of the service provider's, which knows of nothing but its own server's proxy.
import { awaitPairResult } from "@sigil/astrotrain/pairing";

const headers = { "content-type": "application/json" };
const minted = await fetch("/api/create-pair-session", { method: "POST", headers });
const { session_id: sessionId, validation_code: code } = await minted.json();
document.body.dataset.session = sessionId;
document.body.dataset.code = code;
const octaneUrl = "/api";
const ended = await awaitPairResult({ octaneUrl, apiKey: "proxied", sessionId }).catch((error) => error);
document.body.dataset.ended = ended.name ?? `${ended.bindings.length} wallets`;
