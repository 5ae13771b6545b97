/** @jsxImportSource hono/jsx */
import type { Child } from "hono/jsx";
import type { JSX } from "hono/jsx/jsx-runtime";

/** Fields that travel unseen. */
function Hidden({ of }: { readonly of: Readonly<Record<string, string>> }): JSX.Element {
  return (
    <>
      {Object.entries(of).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
    </>
  );
}

type FormProps = {
  /** The action, as in `actions`. */
  readonly to: string;
  readonly of?: Readonly<Record<string, string>>;
  readonly class?: string;
  readonly children?: Child;
};

/** A form that does something. */
export function Form({ to, of = {}, class: name = "row", children }: FormProps): JSX.Element {
  return (
    <form method="post" action={`/_emulator/do/${to}`} class={name}>
      <Hidden of={of} />
      {children}
    </form>
  );
}

/** What a button's label leaves out, for whoever does not see what stands around it. */
export function Unseen({ children }: { readonly children?: Child }): JSX.Element {
  return <span class="unseen"> {children}</span>;
}

type ActProps = {
  readonly to: string;
  readonly label: string;
  readonly of?: Readonly<Record<string, string>>;
  readonly name?: string;
  readonly value?: string;
  readonly part?: string;
  /** What the label leaves out, for whoever does not see what stands around it. */
  readonly about?: string;
  readonly quiet?: boolean;
};

/** One button that does one thing. */
export function Act({ to, label, of = {}, name, value, part, about, quiet = false }: ActProps): JSX.Element {
  const fields = name === undefined ? of : { ...of, [name]: value ?? "" };
  return (
    <Form to={to} of={fields} class="act">
      <button type="submit" class={quiet ? "quiet" : ""} data-part={part ?? to}>
        {label}
        {about === undefined ? "" : <Unseen>{about}</Unseen>}
      </button>
    </Form>
  );
}

type FieldProps = {
  readonly label: string;
  readonly name: string;
  readonly value?: string;
  readonly hint?: string;
  readonly required?: boolean;
  readonly class?: string;
  /** Six digits. */
  readonly code?: boolean;
};

/** A line to write in. */
export function Field({
  label,
  name,
  value = "",
  hint,
  required,
  class: kind = "",
  code,
}: FieldProps): JSX.Element {
  const digits = code ? ({ inputmode: "numeric", pattern: "[0-9]{6}", maxlength: 6 } as const) : {};
  return (
    <label class={`field ${kind}`}>
      <span>{label}</span>
      <input
        name={name}
        value={value}
        autocomplete="off"
        spellcheck={false}
        {...(hint === undefined ? {} : { placeholder: hint })}
        {...(required ? { required: true } : {})}
        {...digits}
      />
    </label>
  );
}

/** A moment, in UTC. */
export function Time({ at }: { readonly at: number | string }): JSX.Element {
  const date = new Date(at);
  // Others may write to the database what is no date.
  if (Number.isNaN(date.getTime())) return <>{String(at)}</>;
  const text = date.toISOString();
  return (
    <time datetime={text} title={text}>
      {`${text.slice(11, 19)} UTC`}
    </time>
  );
}

/** Says that there is nothing. */
export function Nothing({ children }: { readonly children?: Child }): JSX.Element {
  return <p class="nothing">{children}</p>;
}

/** An address or an id. */
export function Id({ children }: { readonly children?: Child }): JSX.Element {
  return <code class="id">{children}</code>;
}
