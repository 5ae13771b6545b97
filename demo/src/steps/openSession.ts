import { buildPairUri, createPairSession, mintValidationCode } from "@sigil/astrotrain";
import { renderUnicodeCompact } from "uqr";
import type { Show } from "../show.js";
import type { Sigil } from "./startSigil.js";

export type Session = { readonly id: string; readonly link: string; readonly code: string };

/** Opens a pairing session and shows what a web page would: the QR code, the link and the validation code. */
export async function openSession(show: Show, { access }: Sigil): Promise<Session> {
  const code = mintValidationCode();
  const session = await show.step("Pairing session opened", async ({ fact }) => {
    const session = await createPairSession({
      ...access,
      spUserRef: "demo-user",
      requestedScopes: [
        { chain: "ethereum", access: "sign" },
        { chain: "solana", access: "sign" },
      ],
    });
    fact(`open until ${session.expires_at}`);
    return session;
  });
  const id = session.session_id;
  show.qr(renderUnicodeCompact(buildPairUri({ sessionId: id, scheme: "sigil" }), { border: 4 }));
  show.text(
    `  On the phone itself: ${buildPairUri({ sessionId: id, scheme: "https", validationCode: code })}`,
  );
  show.text(`  Validation code:     ${code}`);
  return { id, link: session.pair_uri, code };
}
