"""Views, panels and dialogs. They show models and emit requests; they never do the work."""
