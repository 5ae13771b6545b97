import { StrictMode } from "react";
import { createRoot, hydrateRoot, type Root } from "react-dom/client";
import { App, type AppOptions, type Told } from "./app.js";

declare global {
  var told: Told;
  var unmount: () => void;
}

globalThis.told = { created: 0, complete: [], rejected: [], expired: 0, errors: [] };
const options = JSON.parse(new URLSearchParams(location.search).get("options") ?? "{}") as AppOptions;
const container = document.getElementById("root");
if (container === null) throw new Error("The page has no root.");
// As the root: in a component that is new itself, React 19 does nothing twice.
const app = (
  <StrictMode>
    <App options={options} told={globalThis.told} />
  </StrictMode>
);
let root: Root;
if (container.hasChildNodes()) root = hydrateRoot(container, app);
else {
  root = createRoot(container);
  root.render(app);
}
globalThis.unmount = () => root.unmount();
