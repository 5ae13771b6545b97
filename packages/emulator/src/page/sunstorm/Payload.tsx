/** @jsxImportSource hono/jsx */
import type { JSX } from "hono/jsx/jsx-runtime";
import type { Decoded } from "../../appliance/decoded/decode.js";
import type { DecodedInstruction } from "../../appliance/decoded/solanaMessage.js";
import { Id } from "../parts.js";

/** What is to be signed, as far as it can be read. */
export function Payload({ decoded }: { readonly decoded: Decoded }): JSX.Element {
  if (decoded.kind === "message") {
    return (
      <figure data-part="payload" data-kind="message">
        <figcaption>A message</figcaption>
        <pre tabindex={0}>{decoded.text}</pre>
      </figure>
    );
  }
  if (decoded.kind === "transaction") {
    const { fee_payer, instructions } = decoded.summary;
    return (
      <figure data-part="payload" data-kind="transaction">
        <figcaption>
          {`A Solana transaction${decoded.lamports === undefined ? "" : `, moving ${inSol(decoded.lamports)}`}. Fees paid by `}
          <Id>{fee_payer}</Id>
        </figcaption>
        <ol>
          {instructions.map((each) => (
            <Instruction of={each} />
          ))}
        </ol>
      </figure>
    );
  }
  return (
    <figure data-part="payload" data-kind={decoded.kind}>
      <figcaption>
        {decoded.kind === "digest"
          ? "A digest: what it stands for cannot be read from it"
          : "Bytes that are no text"}
      </figcaption>
      <pre tabindex={0}>0x{decoded.hex}</pre>
    </figure>
  );
}

/** Tells one request from another, for whoever hears the names of the buttons alone. */
export function inShort(decoded: Decoded): string {
  switch (decoded.kind) {
    case "message":
      return `the message “${decoded.text.slice(0, 60)}”`;
    case "transaction":
      return decoded.lamports === undefined
        ? `a transaction of ${decoded.summary.fee_payer}`
        : `a transaction, moving ${inSol(decoded.lamports)}`;
    default:
      return `0x${decoded.hex.slice(0, 16)}`;
  }
}

function Instruction({ of }: { readonly of: DecodedInstruction }): JSX.Element {
  const { program, name, accounts, lamports, to, memo } = of;
  return (
    <li>
      <b>{name ?? "Program"}</b> {name === undefined ? <Id>{program}</Id> : ""}
      {memo === undefined ? "" : <q>{memo}</q>}
      {lamports === undefined ? (
        <span class="small"> {accounts.length} accounts</span>
      ) : (
        <span>
          {" "}
          transfers {inSol(lamports)} to <Id>{to}</Id>
        </span>
      )}
    </li>
  );
}

/** Lamports as SOL, exactly. */
function inSol(lamports: string): string {
  const digits = lamports.padStart(10, "0");
  const fraction = digits.slice(-9).replace(/0+$/, "");
  return `${digits.slice(0, -9)}${fraction === "" ? "" : `.${fraction}`} SOL`;
}
