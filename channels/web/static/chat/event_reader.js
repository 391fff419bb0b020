/** Takes a server-sent event stream apart, however it was cut on the way (WHATWG HTML, section 9.2.6). */
export function makeEventReader(onEvent) {
  let rest = "";
  let event = blank();

  return function read(piece) {
    rest += piece;
    // A carriage return at the very end may be half of \r\n: leave it for the next piece.
    const complete = rest.endsWith("\r") ? rest.length - 1 : rest.length;
    const lines = rest.slice(0, complete).split(/\r\n|\n|\r/);
    rest = lines.pop() + rest.slice(complete);
    for (const line of lines) readLine(line);
  };

  function readLine(line) {
    if (line === "") {
      if (event.data.length) onEvent({ id: event.id, name: event.name, data: event.data.join("\n") });
      event = blank(event.id);
      return;
    }
    const colon = line.indexOf(":");
    if (colon === 0) return; // a comment, the service's ping
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (field === "id") event.id = value;
    else if (field === "event") event.name = value;
    else if (field === "data") event.data.push(value);
  }
}

function blank(id = "") {
  return { id, name: "message", data: [] };
}
