// All that the portal needs from the browser beside Blazor: the remembered theme, and showing a place.
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
