"""One file a source; a spider is found by being here."""
