// The desk without this file does everything; with it, reviewing needs no page to load.
"use strict";
(() => {
  const token = document.querySelector('meta[name="desk-token"]')?.content ?? "";
  const say = (words) => { const at = document.getElementById("status"); if (at) at.textContent = words; };
  const part = async (url, options = {}) => {
    const headers = { "x-desk-part": "1", "x-desk-token": token, ...(options.headers ?? {}) };
    const answer = await fetch(url, { credentials: "same-origin", ...options, headers });
    if (!answer.ok) throw new Error(await answer.text().then((t) => new DOMParser().parseFromString(t, "text/html").querySelector('[role="alert"]')?.textContent ?? "That was not written."));
    return answer;
  };

  // Review: the next item is fetched while this one is read, and shown before the answer is back.
  const review = () => {
    const isQueue = document.getElementById("undo") !== null;
    let next = null, sending = Promise.resolve();
    const item = () => document.getElementById("item");
    const ask = () => { const id = item()?.dataset.claim; next = id && isQueue ? part(`/review?besides=${id}`).then((a) => a.text()).catch(() => null) : null; };
    const show = (html) => {
      const fresh = new DOMParser().parseFromString(html, "text/html").getElementById("item");
      if (!fresh) return;
      item().replaceWith(document.adoptNode(fresh));
      document.getElementById("question")?.focus();
    };
    const decide = async (form, verdict) => {
      const data = new FormData(form);
      data.set("verdict", verdict);
      const kept = item().outerHTML, waiting = next;
      const count = document.getElementById("open-count");
      const early = waiting ? await waiting : null;
      if (early) { show(early); say(`${verdict}: written.`); }
      sending = sending.then(() => part(form.action, { method: "POST", body: data })).then(async () => {
        if (!early) show(await (await part("/review")).text());
        if (count && verdict !== "skip") count.textContent = String(Math.max(0, Number(count.textContent.replace(/\D/g, "")) - 1));
        say(verdict === "skip" ? "skipped." : `${verdict}: written.`);
        ask();
      }).catch((error) => { show(kept); say(error.message); });
      if (early) ask();
      return sending;
    };
    document.addEventListener("submit", (event) => {
      const form = event.target, verdict = event.submitter?.value;
      if (form.id === "verdict" && isQueue && verdict) { event.preventDefault(); void decide(form, verdict); }
      if (form.id === "undo") {
        event.preventDefault();
        sending = sending.then(() => part(form.action, { method: "POST", body: new FormData(form) })).then(async (answer) => {
          show(await (await part(answer.headers.get("x-desk-next") ?? "/review")).text());
          say("taken back by a new entry."); ask();
        }).catch((error) => say(error.message));
      }
    });
    document.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const field = event.target.closest("input, select, textarea");
      if (field && event.key === "Escape") { event.preventDefault(); document.getElementById("question")?.focus(); }
      if (field && event.key === "Enter" && field.closest("#amend") && field.tagName === "INPUT") { event.preventDefault(); document.getElementById("write")?.click(); }
      if (field) return;
      const at = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
      if (!at) return;
      event.preventDefault();
      at.click();
      if (at.tagName === "SUMMARY" && at.parentElement.open) at.parentElement.querySelector("input")?.focus();
    });
    ask();
  };

  // Documents: a click on a marked span leads to its claim; selected words fill the form to add.
  const reading = (text) => {
    for (const mark of text.querySelectorAll("mark")) {
      const link = mark.nextElementSibling?.querySelector?.("a") ?? mark.querySelector("a");
      if (!link) continue;
      mark.classList.add("reach");
      mark.addEventListener("click", () => { if (!String(getSelection())) location.hash = link.hash; });
    }
    const form = document.getElementById("add");
    if (!form) return;
    document.addEventListener("selectionchange", () => {
      const chosen = getSelection();
      const words = String(chosen).trim();
      if (!words || !chosen.rangeCount || !text.contains(chosen.anchorNode)) return;
      const bare = (range) => { const copy = range.cloneContents(); for (const out of copy.querySelectorAll(".ref, .vh, .margin")) out.remove(); return copy.textContent; };
      const range = chosen.getRangeAt(0), before = document.createRange();
      before.setStart(text, 0); before.setEnd(range.startContainer, range.startOffset);
      const exact = bare(range).trim();
      form.elements.words.value = exact;
      form.elements.occurrence.value = String(bare(before).split(exact).length);
    });
  };

  const watch = (job) => {
    if (job.dataset.state !== "running") return;
    setInterval(async () => {
      const now = await (await part(`/import/${job.dataset.job}/progress`)).json();
      if (now.state !== job.dataset.state || String(now.done) !== job.dataset.done) location.reload();
    }, 1500);
  };

  const drop = (zone) => {
    for (const kind of ["dragover", "dragleave", "drop"]) zone.addEventListener(kind, (event) => { event.preventDefault(); zone.classList.toggle("over", kind === "dragover"); });
    zone.addEventListener("drop", (event) => { zone.querySelector("input").files = event.dataTransfer.files; });
  };

  if (document.getElementById("item")) review();
  const text = document.querySelector(".reading"); if (text) reading(text);
  const job = document.getElementById("job"); if (job) watch(job);
  const zone = document.getElementById("drop"); if (zone) drop(zone);
})();
