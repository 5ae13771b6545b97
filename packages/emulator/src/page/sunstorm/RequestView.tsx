/** @jsxImportSource hono/jsx */
import type { JSX } from "hono/jsx/jsx-runtime";
import type { WaitingRequest } from "../../appliance/signing.js";
import { Act, Field, Form, Id, Time, Unseen } from "../parts.js";
import { inShort, Payload } from "./Payload.js";

type RequestProps = { readonly request: WaitingRequest; readonly appliance: string };

/** A signature somebody wants: who, with what, of what, and the answers. */
export function RequestView({ request, appliance }: RequestProps): JSX.Element {
  const { request_id, sp, sp_user_ref, address, chain, algo, decoded } = request;
  const of = { appliance, request: request_id };
  const about = `signature for ${sp.name} of ${inShort(decoded)}`;
  return (
    <article
      id={`request-${request_id}`}
      class="card"
      aria-labelledby={`request-title-${request_id}`}
      data-part="request"
    >
      <h4 id={`request-title-${request_id}`}>
        Sign for <span data-part="sp-name">{sp.name}</span>?
      </h4>
      <dl>
        <dt>For its user</dt>
        <dd>{sp_user_ref}</dd>
        <dt>With</dt>
        <dd>
          {chain ?? (algo === "ed25519" ? "solana" : "any EVM chain")} <Id>{address}</Id>
        </dd>
        <dt>Waiting since</dt>
        <dd>
          <Time at={request.waiting_since_ms} />
        </dd>
      </dl>
      <Payload decoded={decoded} />
      <div class="row">
        <Act to="request-approve" of={of} label="Approve" about={about} part="approve" />
        <Form to="request-reject" of={of}>
          <Field label="Reason" name="reason" hint="rejected by the user" />
          <button type="submit" class="quiet" data-part="reject">
            Reject<Unseen>{about}</Unseen>
          </button>
        </Form>
        <Act
          to="request-expire"
          of={of}
          label="Let time run out"
          about={`for the ${about}`}
          part="expire"
          quiet
        />
      </div>
    </article>
  );
}
