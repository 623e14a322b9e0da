global _start

section .bss
text: resb 65536
numbers: resq 8192
line: resb 32

section .text
_start:
    lea r14, [rel text]
    xor r15, r15
.read:
    xor rax, rax
    xor rdi, rdi
    lea rsi, [r14 + r15]
    mov rdx, 65535
    sub rdx, r15
    syscall
    test rax, rax
    jle .parse
    add r15, rax
    jmp .read
.parse:
    lea rbp, [rel numbers]
    xor r12, r12                ; how many there are
    xor r13, r13                ; their sum
    add r15, r14                ; the end of the text
.word:
    cmp r14, r15
    jae .sort
    mov al, [r14]
    cmp al, ' '
    ja .number
    inc r14
    jmp .word
.number:
    xor rbx, rbx
    xor rcx, rcx                ; whether there is a sign
    cmp al, '-'
    jne .digit
    inc rcx
    inc r14
.digit:
    cmp r14, r15
    jae .ended
    movzx rax, byte [r14]
    sub rax, '0'
    cmp rax, 9
    ja .ended
    imul rbx, rbx, 10
    add rbx, rax
    inc r14
    jmp .digit
.ended:
    test rcx, rcx
    jz .keep
    neg rbx
.keep:
    mov [rbp + r12 * 8], rbx
    inc r12
    add r13, rbx
    jmp .word
.sort:
    mov rcx, 1
.outer:
    cmp rcx, r12
    jae .show
    mov rax, [rbp + rcx * 8]
    mov rdx, rcx
.inner:
    test rdx, rdx
    jz .place
    mov rbx, [rbp + rdx * 8 - 8]
    cmp rbx, rax
    jle .place
    mov [rbp + rdx * 8], rbx
    dec rdx
    jmp .inner
.place:
    mov [rbp + rdx * 8], rax
    inc rcx
    jmp .outer
.show:
    mov rax, r13
    mov bl, 10
    call print
    xor r13, r13
.each:
    cmp r13, r12
    jae .end
    mov rax, [rbp + r13 * 8]
    inc r13
    mov bl, ' '
    cmp r13, r12
    jb .separated
    mov bl, 10
.separated:
    call print
    jmp .each
.end:
    mov rax, 60
    xor rdi, rdi
    syscall

; Prints the number in rax and the character in bl behind it.
print:
    lea rsi, [rel line + 31]
    mov [rsi], bl
    mov r8, rax
    test rax, rax
    jns .digits
    neg rax
.digits:
    mov r9, 10
.next:
    xor rdx, rdx
    div r9
    add dl, '0'
    dec rsi
    mov [rsi], dl
    test rax, rax
    jnz .next
    test r8, r8
    jns .write
    dec rsi
    mov byte [rsi], '-'
.write:
    lea rdx, [rel line + 32]
    sub rdx, rsi
    mov rax, 1
    mov rdi, 1
    syscall
    ret
