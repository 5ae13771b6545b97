import { renderToString } from "react-dom/server";
import { App, type AppOptions } from "./app.js";

/** The page's HTML as its server renders it. */
export const render = (options: AppOptions): string =>
  renderToString(
    <App options={options} told={{ created: 0, complete: [], rejected: [], expired: 0, errors: [] }} />,
  );
