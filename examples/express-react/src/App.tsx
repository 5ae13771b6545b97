import { JazzPair } from "@sigil/jazz-react";
import "@sigil/jazz-react/theme.css";
import { useEffect, useState } from "react";

const post = (path: string, signal?: AbortSignal): Promise<Response> =>
  fetch(path, { method: "POST", headers: { "content-type": "application/json" }, signal: signal ?? null });

type Me = { readonly user?: string; readonly address?: string };

export function App() {
  const [me, setMe] = useState<Me>();
  const [signed, setSigned] = useState("");
  const load = async (): Promise<void> => setMe(await (await fetch("/api/me")).json());
  useEffect(() => void load(), []);

  if (me === undefined) return null;
  if (me.user === undefined)
    return (
      <button type="button" onClick={() => void post("/api/login").then(load)}>
        Sign in
      </button>
    );
  if (me.address === undefined)
    return (
      <JazzPair
        octaneUrl="/api"
        apiKey="proxied-server-side"
        spName="Example"
        createSession={({ signal }) => post("/api/create-pair-session", signal)}
        onComplete={() => void load()}
      />
    );
  return (
    <>
      <p>Paired: {me.address}</p>
      <button type="button" onClick={async () => setSigned(await (await post("/api/hello")).text())}>
        Sign “hello”
      </button>
      <output>{signed}</output>
    </>
  );
}
