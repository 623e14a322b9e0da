module main;
  initial begin
    $display("%0d", 1 + );
  end
endmodule
