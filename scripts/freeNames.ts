import ts from "typescript";

/**
 * Which of the names the code takes from the runtime, as `process` in `process.env`. Not where it is a property or a key,
 * so `globalThis.process?.env`, which does no harm where there is none, is not found.
 */
export function freeNames(code: string, names: readonly string[]): readonly string[] {
  const present = names.filter((name) => code.includes(name));
  // Most have none, and reading a whole bundle takes long.
  if (present.length === 0) return [];
  const found = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && present.includes(node.text) && !isProperty(node)) found.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile("bundle.js", code, ts.ScriptTarget.ES2022, true, ts.ScriptKind.JS));
  return [...found].sort();
}

function isProperty(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node;
  if (ts.isBindingElement(parent)) return parent.propertyName === node;
  return (
    (ts.isPropertyAssignment(parent) || ts.isMethodDeclaration(parent) || ts.isPropertyDeclaration(parent)) &&
    parent.name === node
  );
}
