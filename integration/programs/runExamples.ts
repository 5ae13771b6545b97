// Runs the programs that are named, one after the other, and prints as JSON what each of them logged. What one throws ends
// the process, as it would by itself; what one leaves open keeps it from ending.
import { pathToFileURL } from "node:url";
import { format } from "node:util";

const printed: Record<string, string[]> = {};
for (const file of process.argv.slice(2)) {
  const lines: string[] = [];
  console.log = (...values) => lines.push(format(...values));
  await import(pathToFileURL(file).href);
  printed[file] = lines;
}
process.stdout.write(JSON.stringify(printed));
