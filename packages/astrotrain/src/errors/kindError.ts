/**
 * A class of errors that narrow by their `kind`. TypeScript can't narrow an instance of a class by one of its fields, so
 * the class is given the type of a union's constructor.
 */
export function kindError<Constructor>(name: string): Constructor {
  // Named by its key, so that stacks and inspectors show the name.
  const classes = {
    [name]: class extends Error {
      constructor(message: string, details: { readonly kind: string; readonly cause?: unknown }) {
        const { cause, ...fields } = details;
        super(message, "cause" in details ? { cause } : undefined);
        Object.assign(this, fields);
      }
    },
  };
  const KindError = classes[name];
  if (KindError) KindError.prototype.name = name;
  return KindError as unknown as Constructor;
}
