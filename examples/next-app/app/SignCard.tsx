"use client";

import { useState } from "react";
import { hello } from "./actions";

export function SignCard({ address }: { readonly address: string }) {
  const [signed, setSigned] = useState("");
  return (
    <>
      <p>Paired: {address}</p>
      <button type="button" onClick={async () => setSigned(await hello())}>
        Sign “hello”
      </button>
      <output>{signed}</output>
    </>
  );
}
