import { version } from "../version.js";
import type { Operation } from "./Operation.js";
import { error } from "./schemas.js";
import type { Schema } from "./shapes.js";

const json = (schema: Schema): object => ({ "application/json": { schema } });

/** The OpenAPI 3.1 document of these operations. */
export function openApiOf(operations: readonly Operation[]): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const each of operations) {
    const path = `/_emulator${each.path}`;
    paths[path] = { ...paths[path], [each.method.toLowerCase()]: described(each) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Control API of the Sigil emulator",
      version,
      description:
        "Bodies have the names of the methods' options. Whatever is refused says why in `error.message`.",
    },
    security: [{ token: [] }],
    components: { securitySchemes: { token: { type: "http", scheme: "bearer" } } },
    paths,
  };
}

function described({ id, tag, summary, path, query = {}, body, status, answer }: Operation): object {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
  const parameters = [
    ...names.map((name) => ({ name, in: "path", required: true, schema: { type: "string" } })),
    ...Object.entries(query).map(([name, schema]) => ({ name, in: "query", schema })),
  ];
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined ? {} : { requestBody: { content: json(body.schema) } }),
    responses: {
      [status]: { description: summary, ...(answer === undefined ? {} : { content: json(answer) }) },
      default: { description: "Refused.", content: json(error) },
    },
  };
}
