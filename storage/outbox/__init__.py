"""What reports and sinks still have to be told, and how their targets stand."""
