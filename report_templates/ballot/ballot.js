"use strict";
// One participant's ballot. Nothing is stored and nothing leaves this page but what is saved, read out or sent on
// purpose. What is computed here is computed in the same way by partnerwizard/workshop (codes.py, returns.py).
(() => {
  const ballot = JSON.parse(document.getElementById("ballot").textContent);
  const find = (selector, root = document) => [...root.querySelectorAll(selector)];
  const at = id => document.getElementById(id);
  const bytes = text => new TextEncoder().encode(text);
  const joined = (...parts) => Uint8Array.from(parts.flatMap(part => [...part]));
  const hex = data => [...data].map(each => each.toString(16).padStart(2, "0")).join("");
  const unhex = text => Uint8Array.from(text.match(/../g) ?? [], each => parseInt(each, 16));
  const base64 = data => btoa(String.fromCharCode(...data));
  const token = unhex(ballot.token);

  // SHA-256 (FIPS 180-4) and HMAC (RFC 2104), because a page that came by mail or by a local network may have no other.
  const primes = [];
  for (let n = 2; primes.length < 64; n++) if (primes.every(each => n % each)) primes.push(n);
  const fraction = root => ((root - Math.floor(root)) * 2 ** 32) | 0;
  const rounds = primes.map(each => fraction(Math.cbrt(each)));
  const start = primes.slice(0, 8).map(each => fraction(Math.sqrt(each)));
  const turn = (x, n) => (x >>> n) | (x << (32 - n));

  function sha256(data) {
    const padded = new Uint8Array(((data.length + 8) >> 6) * 64 + 64);
    padded.set(data);
    padded[data.length] = 128;
    const view = new DataView(padded.buffer);
    view.setUint32(padded.length - 8, Math.floor(data.length / 2 ** 29));
    view.setUint32(padded.length - 4, (data.length << 3) >>> 0);
    const state = [...start];
    const w = new Int32Array(64);
    for (let block = 0; block < padded.length; block += 64) {
      for (let n = 0; n < 16; n++) w[n] = view.getInt32(block + 4 * n);
      for (let n = 16; n < 64; n++) {
        const one = w[n - 15], two = w[n - 2];
        const s0 = turn(one, 7) ^ turn(one, 18) ^ (one >>> 3);
        const s1 = turn(two, 17) ^ turn(two, 19) ^ (two >>> 10);
        w[n] = (w[n - 16] + s0 + w[n - 7] + s1) | 0;
      }
      let [a, b, c, d, e, f, g, h] = state;
      for (let n = 0; n < 64; n++) {
        const s1 = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
        const one = (h + s1 + ((e & f) ^ (~e & g)) + rounds[n] + w[n]) | 0;
        const s0 = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
        const two = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        [a, b, c, d, e, f, g, h] = [(one + two) | 0, a, b, c, (d + one) | 0, e, f, g];
      }
      [a, b, c, d, e, f, g, h].forEach((each, n) => { state[n] = (state[n] + each) | 0; });
    }
    const out = new DataView(new ArrayBuffer(32));
    state.forEach((each, n) => out.setInt32(4 * n, each));
    return new Uint8Array(out.buffer);
  }

  function hmac(key, data) {
    const block = new Uint8Array(64);
    block.set(key.length > 64 ? sha256(key) : key);
    return sha256(joined(block.map(each => each ^ 0x5c), sha256(joined(block.map(each => each ^ 0x36), data))));
  }

  function canonical(value) {
    if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
    if (value === null || typeof value !== "object") return JSON.stringify(value);
    return `{${Object.keys(value).sort().map(key => `${JSON.stringify(key)}:${canonical(value[key])}`).join(",")}}`;
  }

  // Letters to read out.
  const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  function symbols(data, count) {
    const bits = [...data].map(each => each.toString(2).padStart(8, "0")).join("");
    return Array.from({ length: count }, (_, n) => parseInt(bits.slice(5 * n, 5 * n + 5), 2));
  }
  const written = list => list.map(each => letters[each]).join("").replace(/.{4}(?=.)/g, "$&-");

  // The answers.
  function ranking(name) {
    const levels = new Map();
    for (const field of find(`select[data-rank="${name}"]`)) {
      if (field.value) levels.set(Number(field.value), [...(levels.get(Number(field.value)) ?? []), field.dataset.id]);
    }
    return [...levels.keys()].sort((a, b) => a - b).map(level => levels.get(level).sort());
  }

  function table(kind, read) {
    const found = {};
    for (const field of find(`[data-${kind}]`)) {
      const value = read(field);
      if (value !== null) (found[field.dataset[kind]] ??= {})[field.dataset.id] = value;
    }
    return found;
  }

  function vote() {
    const low = at("swing-low")?.value, high = at("swing-high")?.value;
    const points = {};
    for (const field of find("[data-points]")) if (field.value !== "") points[field.dataset.id] = Number(field.value);
    return {
      participant: ballot.participant,
      round: ballot.round,
      aims: ranking("aims"),
      terms: ranking("terms"),
      swing: low && high ? [Number(low), Number(high)] : null,
      points,
      give: Object.keys(points).length ? Number(at("give").value) : 0,
      ratings: table("rating", field => (field.value === "" ? null : Number(field.value))),
      readiness: table("readiness", group => find("input", group).find(each => each.checked)?.value ?? null),
    };
  }

  function problems(said) {
    const found = [];
    const low = at("swing-low"), high = at("swing-high");
    if (low && Boolean(low.value) !== Boolean(high.value)) {
      found.push([low.value ? high : low, "Give both figures for the top term, or neither."]);
    }
    if (said.swing && said.swing[0] > said.swing[1]) {
      found.push([low, "The first figure for the top term is above the second. Put the lower one first."]);
    }
    if (said.swing && !(said.aims.length && said.terms.length)) {
      found.push([low, "You set the top term against the top aim. Rank at least one aim and one term as well."]);
    }
    const given = find("[data-points]");
    if (Object.keys(said.points).length) {
      for (const field of given) {
        if (field.value === "") found.push([field, `Give points to “${field.dataset.name}”; 0 where it does not matter.`]);
      }
      if (!Object.values(said.points).some(Boolean)) {
        found.push([given[0], "All points are 0. Give points to what matters most."]);
      }
    }
    const nothing = !said.aims.length && !said.terms.length && !said.swing && !Object.keys(said.points).length
      && !Object.keys(said.ratings).length && !Object.keys(said.readiness).length;
    if (nothing) {
      const first = find("main select, main input")[0];
      found.push([first, "Nothing is answered yet. If you do not want to answer, tell the facilitator that you abstain."]);
    }
    return found;
  }

  function code(said) {
    const digits = [];
    if (ballot.weights === "points") {
      digits.push([ballot.gives.indexOf(said.give), ballot.gives.length]);
      for (const id of [...ballot.aims, ...ballot.terms]) digits.push([said.points[id] / ballot.step, 100 / ballot.step + 1]);
    } else {
      for (const [ids, ranks] of [[ballot.aims, said.aims], [ballot.terms, said.terms]]) {
        digits.push([ranks.length, ids.length + 1]);
        for (const id of ids) digits.push([ranks.findIndex(tie => tie.includes(id)) + 1, ranks.length + 1]);
      }
      const swings = ballot.most_swing / ballot.step + 1;
      const swing = said.swing ? 1 + (said.swing[0] / ballot.step) * swings + said.swing[1] / ballot.step : 0;
      digits.push([swing, swings ** 2 + 1]);
    }
    let number = digits.reduceRight((sum, [digit, base]) => sum * BigInt(base) + BigInt(digit), 0n);
    const plain = [];
    do {
      plain.push(Number(number % 32n));
      number /= 32n;
    } while (number);
    const checks = symbols(hmac(token, joined(bytes("check"), unhex(ballot.fingerprint), plain)), 5);
    let mask = [];
    while (mask.length < plain.length) {
      mask = [...mask, ...hmac(token, joined(bytes("mask"), [mask.length / 32], checks))];
    }
    return written([...checks, ...plain.map((each, n) => each ^ (mask[n] & 31))]);
  }

  const nonce = said => hmac(token, joined(bytes("nonce"), bytes(canonical(said)))).slice(0, 16);
  const receipt = said => written(symbols(sha256(joined(nonce(said), bytes(canonical(said)))), 12));

  async function returned(said) {
    const head = {
      format: "partnerwizard-ballot/1",
      workshop: ballot.workshop,
      round: ballot.round,
      participant: ballot.participant,
      fingerprint: ballot.fingerprint,
    };
    const about = bytes(canonical(head));
    const subtle = globalThis.crypto?.subtle;
    if (!subtle) {
      const mac = hmac(token, joined(bytes("open"), about, bytes(canonical(said))));
      return { ...head, vote: said, mac: hex(mac) };
    }
    const inside = canonical(said);
    const padded = bytes(inside + " ".repeat((1024 - (inside.length % 1024)) % 1024));
    const salt = crypto.getRandomValues(new Uint8Array(12));
    const key = await subtle.importKey("raw", hmac(token, bytes("file")), "AES-GCM", false, ["encrypt"]);
    const box = await subtle.encrypt({ name: "AES-GCM", iv: salt, additionalData: about }, key, padded);
    return { ...head, sealed: base64(joined(salt, new Uint8Array(box))) };
  }

  // The page.
  const names = new Map(find("[data-rank]").map(field => [field.dataset.id, field.dataset.name]));

  function show_order(name) {
    const list = at(`order-${name}`);
    if (!list) return;
    const order = ranking(name);
    list.replaceChildren(...order.map(tie => {
      const item = document.createElement("li");
      item.textContent = tie.map(id => names.get(id)).join(" and ") + (tie.length > 1 ? " (equally)" : "");
      return item;
    }));
    at(`none-${name}`).hidden = order.length > 0;
  }

  function show_swing() {
    if (!at("swing-low")) return;
    const tops = ["aims", "terms"].map(ranking).map(order => order[0]?.[0]);
    ["aim", "term"].forEach((word, n) => {
      at(`top-${word}`).textContent = tops[n] ? `${names.get(tops[n])}. ${at(`ends-${tops[n]}`).textContent}` : `Rank your ${word}s first.`;
    });
  }

  function refresh() {
    show_order("aims");
    show_order("terms");
    show_swing();
    at("done").hidden = true;
    at("errors").hidden = true;
  }

  function complain(found) {
    const box = at("errors");
    const list = find("ul", box)[0];
    list.replaceChildren(...found.map(([field, text]) => {
      const item = document.createElement("li"), link = document.createElement("a");
      link.href = `#${field.id}`;
      link.textContent = text;
      link.addEventListener("click", event => { event.preventDefault(); field.focus(); });
      item.append(link);
      return item;
    }));
    box.hidden = false;
    box.focus();
  }

  let unsaved = false;

  async function finish() {
    const said = vote();
    const found = problems(said);
    at("errors").hidden = true;
    at("done").hidden = true;
    if (found.length) return complain(found);
    const file = await returned(said);
    if (at("save")) {
      const link = at("save");
      URL.revokeObjectURL(link.href);
      link.href = URL.createObjectURL(new Blob([JSON.stringify(file, null, 1) + "\n"], { type: "application/json" }));
      at("readable").hidden = "sealed" in file;
    }
    if (at("code")) at("code").textContent = code(said);
    if (at("send")) at("send").onclick = () => send(file);
    at("receipt").textContent = receipt(said);
    const open = find("[data-part]").filter(part => !find("select, input", part).some(each => each.type === "radio" ? each.checked : each.value !== "" && each.id !== "give"));
    at("left").hidden = open.length === 0;
    at("left").textContent = `Not answered: ${open.map(part => part.dataset.part).join("; ")}. The rest counts. You can go back and change anything.`;
    at("done").hidden = false;
    at("done").focus();
  }

  async function send(file) {
    const says = at("sent");
    at("send").disabled = true;
    says.textContent = "Sending …";
    try {
      const answer = await fetch("vote", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(file) });
      const said = await answer.json();
      says.textContent = said.says;
      unsaved = !answer.ok;
      at("send").disabled = answer.ok;
    } catch {
      says.textContent = "It could not be sent: the room’s laptop does not answer. Try again, or save the file below and hand it over.";
      at("send").disabled = false;
    }
  }

  document.addEventListener("change", () => { unsaved = true; refresh(); });
  at("finish").addEventListener("click", finish);
  at("save")?.addEventListener("click", () => { unsaved = false; });
  addEventListener("beforeunload", event => { if (unsaved) event.preventDefault(); });
  refresh();
  at("ready").hidden = false;
})();
