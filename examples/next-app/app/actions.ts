"use server";

import { cookies } from "next/headers";
import { signHello } from "../lib/sigil";

export async function signIn(): Promise<void> {
  (await cookies()).set("user", crypto.randomUUID(), { httpOnly: true, sameSite: "lax" });
}

export async function hello(): Promise<string> {
  return signHello((await cookies()).get("user")?.value);
}
