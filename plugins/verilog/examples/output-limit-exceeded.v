module main;
  initial forever $display("all work and no play, all work and no play");
endmodule
