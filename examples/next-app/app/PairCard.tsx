"use client";

import { JazzPair } from "@sigil/jazz-react";
import { useRouter } from "next/navigation";

export function PairCard() {
  const router = useRouter();
  return (
    <JazzPair
      octaneUrl="/api"
      apiKey="proxied-server-side"
      spName="Example"
      createSession={({ signal }) => fetch("/api/create-pair-session", { method: "POST", signal })}
      onComplete={() => router.refresh()}
    />
  );
}
