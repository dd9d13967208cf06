// All that the portal needs from the browser beside Blazor: the remembered theme, showing a place, and asking.
window.tessera = {
  theme: () => localStorage.getItem("tessera.theme"),
  choose: (theme) => localStorage.setItem("tessera.theme", theme),
  show: (id) => {
    const place = document.getElementById(id);
    if (place) {
      place.scrollIntoView({ behavior: "smooth", block: "center" });
      place.focus({ preventScroll: true });
    }
  },
};

// Asking. The words in the box are the browser's until the host has taken them: each question travels whole with the event
// that asks it, and goes from the box when the host says so (data-round), not before. So neither a slow line nor a busy
// machine can change or lose a word.
Blazor.registerCustomEventType("asked", { createEventArgs: (event) => event.detail });

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.target.id === "question") {
    event.preventDefault();
    event.target.form.requestSubmit();
  }
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.classList.contains("ask-box")) {
    event.preventDefault();
    const question = form.elements.question.value;
    if (question.trim()) {
      form.dispatchEvent(new CustomEvent("asked", { bubbles: true, detail: { question, round: Number(form.dataset.round) } }));
    } else {
      form.elements.question.focus();
    }
  }
});

new MutationObserver((changes) => {
  for (const { target: form } of changes) {
    const box = form.elements.question;
    if (box.value.startsWith(form.dataset.taken)) {
      // What was typed since stays.
      box.value = box.value.slice(form.dataset.taken.length).trimStart();
    }
  }
}).observe(document, { subtree: true, attributeFilter: ["data-round"] });
