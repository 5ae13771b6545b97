import type { Emulator } from "../emulator.js";
import { toUtf8 } from "../encoding/utf8.js";
import type { EmulatorEvent } from "../events/events.js";
import { everyMeanwhile } from "../internal/timer.js";
import { sseHeaders } from "../octane/sse.js";
import { lastEventId } from "./views.js";

/** A line this often keeps proxies from cutting an idle stream. */
const pingMs = 15_000;
/** A reader so far behind is cut off: it comes back with the id of the last event it got. */
const mostWaiting = 1_000;

/**
 * Events as they happen, those after an id first; without one, only new ones. Each leaves once what it tells is in storage:
 * nothing that was told comes undone. Where that cannot be written, the stream ends.
 */
export function eventStream(emulator: Emulator, after: number | undefined): Response {
  let stop = (): void => {};
  const body = new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        const stops: (() => void)[] = [];
        let open = true;
        stop = () => {
          open = false;
          for (const each of stops.splice(0)) each();
        };
        const end = (): void => {
          if (!open) return;
          stop();
          controller.close();
        };
        const send = (text: string): void => {
          if (!open) return;
          controller.enqueue(toUtf8(text));
          if ((controller.desiredSize ?? 0) <= 0) end();
        };
        let told: Promise<unknown> = Promise.resolve();
        const tell = (event: EmulatorEvent): void => {
          told = Promise.all([told, emulator.settled()]).then(() => send(frameOf(event)));
          told.catch(end);
        };
        send(": this is an emulator\nretry: 1000\n\n");
        stops.push(emulator.events.subscribe(tell));
        for (const event of missed(emulator, after)) tell(event);
        stops.push(everyMeanwhile(pingMs, () => send(": ping\n\n")));
      },
      cancel: () => stop(),
    },
    { highWaterMark: mostWaiting + 10 },
  );
  return new Response(body, { headers: sseHeaders });
}

/** A greater id than there is comes from an emulator before this one: all is new to that reader. */
function missed(emulator: Emulator, after: number | undefined): readonly EmulatorEvent[] {
  if (after === undefined) return [];
  return emulator.events.since(after > lastEventId(emulator) ? 0 : after);
}

function frameOf(event: EmulatorEvent): string {
  return `id: ${event.id}\nevent: ${event.kind}\ndata: ${JSON.stringify(event)}\n\n`;
}
