import { cookies } from "next/headers";
import { addressOf } from "../lib/sigil";
import { signIn } from "./actions";
import { PairCard } from "./PairCard";
import { SignCard } from "./SignCard";

export default async function Page() {
  const user = (await cookies()).get("user")?.value;
  const address = addressOf(user);
  if (user === undefined)
    return (
      <form action={signIn}>
        <button type="submit">Sign in</button>
      </form>
    );
  return address === undefined ? <PairCard /> : <SignCard address={address} />;
}
