"""Files that have the system run fuhan: systemd units, crontab lines, a compose file."""
