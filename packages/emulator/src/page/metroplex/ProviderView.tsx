/** @jsxImportSource hono/jsx */
import type { JSX } from "hono/jsx/jsx-runtime";
import { chains } from "../../link/chains.js";
import type { ServiceProvider } from "../../octane/serviceProviders.js";
import { Act, Field, Form, Id, Time } from "../parts.js";

type Props = { readonly sp: ServiceProvider };

/** One service provider: what it is called, what it may do, and its keys. */
export function ProviderView({ sp }: Props): JSX.Element {
  const { id, name, role } = sp;
  return (
    <section id={`sp-${id}`} aria-labelledby={`sp-title-${id}`} data-part="sp">
      <div class="row spread">
        <h2 id={`sp-title-${id}`} tabindex={-1}>
          {name}{" "}
          <span class="badge" data-part="role">
            {role}
          </span>{" "}
          <Id>{id}</Id>
        </h2>
        <Act to="sp-remove" of={{ sp: id }} label="Remove" about={name} part="sp-remove" quiet />
      </div>
      <Settings sp={sp} />
      <ApiKeys sp={sp} />
      <SigningKeys sp={sp} />
    </section>
  );
}

function Settings({ sp }: Props): JSX.Element {
  const {
    id,
    name,
    logo = "",
    homepage = "",
    allowed_return_origins: origins,
    supported_chains: allowed,
    rate_limit: rate,
  } = sp;
  return (
    <Form to="sp-update" of={{ sp: id }} class="stack">
      <div class="row">
        <Field label="Name" name="name" value={name} required />
        <Field label="Homepage" name="homepage" value={homepage} hint="https://…" />
        <Field label="Logo" name="logo" value={logo} hint="https://…" />
        <Field
          label="Return origins"
          name="origins"
          value={origins.join(" ")}
          hint="https://app.example, by spaces"
          class="wide"
        />
      </div>
      <fieldset class="inline">
        <legend>Chains</legend>
        {chains.map((chain) => (
          <label class="check">
            <input
              type="checkbox"
              name="chain"
              value={chain}
              {...(allowed.includes(chain) ? { checked: true } : {})}
            />
            <span>{chain}</span>
          </label>
        ))}
      </fieldset>
      <fieldset class="inline">
        <legend>Rate limit of each API key, in the place of the policy's</legend>
        <Field label="Requests" name="requests" value={numberOf(rate?.requests)} class="short" />
        <Field label="in milliseconds" name="perMs" value={numberOf(rate?.perMs)} class="short" />
      </fieldset>
      <div class="row">
        <button type="submit" data-part="sp-update">
          Save<span class="unseen"> {name}</span>
        </button>
      </div>
    </Form>
  );
}

const numberOf = (value: number | undefined): string => (value === undefined ? "" : String(value));

function ApiKeys({ sp: { id, name, api_keys } }: Props): JSX.Element {
  return (
    <>
      <div class="row spread">
        <h3>API keys</h3>
        <Act to="api-key-add" of={{ sp: id }} label="New API key" about={`for ${name}`} />
      </div>
      <ul class="plain" data-part="api-keys">
        {api_keys.map((key) => (
          <li id={`key-${key.id}`} class="row spread" data-part="api-key">
            <span>
              <Id>…{key.last_four}</Id> made <Time at={key.created_at} />
            </span>
            <Act
              to="api-key-remove"
              of={{ sp: id, key: key.id }}
              label="Remove"
              about={`API key …${key.last_four}`}
              quiet
            />
          </li>
        ))}
      </ul>
    </>
  );
}

function SigningKeys({ sp: { id, name, signing_keys } }: Props): JSX.Element {
  return (
    <>
      <h3>Signing keys</h3>
      <ul class="plain" data-part="signing-keys">
        {signing_keys.map(({ public_key, created_at }) => (
          <li id={`key-${public_key}`} class="row spread" data-part="signing-key">
            <span>
              <Id>{public_key}</Id> made <Time at={created_at} />
            </span>
            <Act
              to="signing-key-remove"
              of={{ sp: id, key: public_key }}
              label="Remove"
              about={`signing key ${public_key} of ${name}`}
              quiet
            />
          </li>
        ))}
      </ul>
      <Form to="signing-key-add" of={{ sp: id }}>
        <Field label="Ed25519 public key, base64url" name="publicKey" class="wide" required />
        <button type="submit" data-part="signing-key-add">
          Add<span class="unseen"> signing key to {name}</span>
        </button>
      </Form>
    </>
  );
}
