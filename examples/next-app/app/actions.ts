"use server";

import { cookies, headers } from "next/headers";
import { origin, signHello } from "../lib/sigil";

export async function signIn(): Promise<void> {
  (await cookies()).set("user", crypto.randomUUID(), { httpOnly: true, sameSite: "lax" });
}

export async function hello(): Promise<string> {
  // Next.js refuses another site's Origin, but none at all it lets pass.
  if ((await headers()).get("origin") !== origin) return "Refused.";
  return signHello((await cookies()).get("user")?.value);
}
